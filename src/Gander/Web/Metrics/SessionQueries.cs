using Gander.Api.Calls;
using Gander.Query.PromQl.Syntax;

namespace Gander.Web.Metrics;

/// <summary>Queries over the metrics made of sessions that give what a chart shows.</summary>
internal static class SessionQueries
{
    private const string Hour = "1h";

    /// <summary>What came in each bar.</summary>
    /// <param name="metric">A counter.</param>
    /// <param name="by">What is told apart; nothing when empty.</param>
    /// <param name="window">The length of a bar, as PromQL writes it.</param>
    /// <param name="filters">Labels with the value that they must have; those without a value do not restrict.</param>
    public static string Increase(string metric, string by, string window, params (string Label, string? Value)[] filters) =>
        $"sum{(by.Length == 0 ? "" : $" by ({by})")} (increase({metric}{Matchers(filters)}[{window}]))";

    /// <summary>A quantile of lengths within an hour.</summary>
    /// <param name="quantile">The quantile, as PromQL writes it.</param>
    /// <param name="histogram">The histogram, without the suffix of its parts.</param>
    /// <param name="by">What is told apart; nothing when empty.</param>
    /// <param name="filters">As above.</param>
    public static string Quantile(string quantile, string histogram, string by, params (string Label, string? Value)[] filters) =>
        $"histogram_quantile({quantile}, sum by ({(by.Length == 0 ? "le" : $"le, {by}")}) (rate({histogram}_bucket{Matchers(filters)}[{Hour}])))";

    /// <summary>The labels for what lines of calls are told apart by.</summary>
    /// <param name="fields">What they are told apart by.</param>
    /// <param name="name">The label of the model or tool.</param>
    /// <param name="origin">The label of the provider or MCP server.</param>
    public static string Labels(CallFields fields, string name, string origin) => string.Join(
        ", ",
        from field in new[] { (CallFields.Name, Label: name), (CallFields.Origin, Label: origin), (CallFields.Agent, Label: "agent"), (CallFields.User, Label: "user") }
        where fields.HasFlag(field.Item1)
        select field.Label);

    /// <summary>A length of time as PromQL writes it.</summary>
    public static string Window(long nanos) => DurationText.Of(nanos / 1_000_000);

    private static string Matchers((string Label, string? Value)[] filters)
    {
        var matchers = filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Label}={Literals.Quote(filter.Value!)}").ToList();
        return matchers.Count == 0 ? "" : $"{{{string.Join(", ", matchers)}}}";
    }
}
