namespace Gander.Stores;

/// <summary>What usage can be told apart by in a store.</summary>
public enum UsageDimension
{
    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The model that was called, or that asked for a tool.</summary>
    Model,

    /// <summary>Its provider.</summary>
    Provider,

    /// <summary>The tool.</summary>
    Tool,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The repository.</summary>
    Repository,

    /// <summary>The project.</summary>
    Project,

    /// <summary>The session, by its key.</summary>
    Session,

    /// <summary>How the session stands.</summary>
    Status,

    /// <summary>The day in UTC, as <c>2026-03-10</c>.</summary>
    Day,

    /// <summary>The hour in UTC, as <c>2026-03-10T12</c>.</summary>
    Hour,

    /// <summary>The person that <see cref="UsageQuery.Persons"/> finds.</summary>
    Person,

    /// <summary>The person's team.</summary>
    Team,
}
