using Gander.Sessions;
using Gander.Sessions.Usage;

namespace Gander.Stores;

/// <summary>What one session did and whose it was, for those who add up many. Good only while it is handed over.</summary>
public readonly ref struct SessionActivity
{
    /// <summary>The agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Whose it was.</summary>
    public required UsageIdentity Identity { get; init; }

    /// <summary>The repository that was worked on, or null.</summary>
    public required string? Repository { get; init; }

    /// <summary>The project, or null.</summary>
    public required string? Project { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The first instant seen, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>The last instant seen, Unix nanoseconds.</summary>
    public required long EndNanos { get; init; }

    /// <summary>Its calls as <see cref="Sessions.Calls.SessionCallReader"/> reads them; empty when it has none or they were not asked for.</summary>
    public ReadOnlySpan<byte> Calls { get; init; }

    /// <summary>Its usage in the hours asked for, in no order; empty when it was not asked for.</summary>
    public ReadOnlySpan<UsageRow> Usage { get; init; }
}
