namespace Gander.Commands.Agents;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>Worth knowing; nothing is lost.</summary>
    Note,

    /// <summary>Part of the telemetry is missing or wrong.</summary>
    Warning,

    /// <summary>Telemetry does not arrive.</summary>
    Problem,
}
