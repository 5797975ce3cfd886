namespace Gander.Web.Metrics;

/// <summary>How a panel shows the answer of its query.</summary>
public enum QueryTab
{
    /// <summary>Over the time range.</summary>
    Graph,

    /// <summary>At its end.</summary>
    Table,

    /// <summary>How it is evaluated.</summary>
    Explain,
}
