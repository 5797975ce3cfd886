namespace Gander.Load.Generation;

/// <summary>A conversation that is going on: who, where, with which model, and how many turns are left.</summary>
internal sealed class AgentSession
{
    public required byte[] Id { get; init; }

    public required byte[] User { get; init; }

    public required byte[] Project { get; init; }

    public required byte[] Branch { get; init; }

    public required Emitter Emitter { get; init; }

    /// <summary>Index into <see cref="Population.Models"/>.</summary>
    public required int Model { get; init; }

    public int Turn { get; set; }

    public int TurnsLeft { get; set; }

    /// <summary>The trace that log records of this session belong to at the moment.</summary>
    public (ulong High, ulong Low) Trace { get; set; }
}
