using Gander.Ingest;
using Gander.Sessions;

namespace Gander.Api.Live;

/// <summary>What live pages watch, at one moment.</summary>
/// <param name="Emitters">Who sent what.</param>
/// <param name="Failures">Whose requests failed.</param>
/// <param name="Sessions">The latest sessions by key.</param>
internal sealed record LiveState(IReadOnlyList<EmitterStatus> Emitters, IReadOnlyList<ReceiveFailure> Failures, IReadOnlyDictionary<string, SessionSummary> Sessions)
{
    /// <summary>Emitters that sent since <paramref name="before"/>, the one that sent first in front.</summary>
    public IEnumerable<EmitterStatus> EmittersSince(LiveState before)
    {
        var known = before.Emitters.ToDictionary(emitter => (emitter.Service, emitter.Host, emitter.User), emitter => emitter.Exports);
        return Emitters
            .Where(emitter => !known.TryGetValue((emitter.Service, emitter.Host, emitter.User), out var exports) || exports != emitter.Exports)
            .OrderBy(emitter => emitter.LastSeen);
    }

    /// <summary>Whether requests failed since <paramref name="before"/>.</summary>
    public bool FailedSince(LiveState before) => !Failures.SequenceEqual(before.Failures);

    /// <summary>Keys of sessions that are new or changed since <paramref name="before"/>.</summary>
    public IReadOnlyList<string> SessionsSince(LiveState before) =>
        [.. Sessions.Values.Where(session => !before.Sessions.TryGetValue(session.Key, out var known) || !Same(known, session)).Select(session => session.Key)];

    // What a list shows; records with lists in them do not compare by value.
    private static bool Same(SessionSummary left, SessionSummary right) =>
        (left.StartNanos, left.EndNanos, left.Status, left.Exit, left.Title, left.TurnCount, left.ModelCalls, left.ModelErrors, left.ToolCalls, left.ToolFailures, left.Tokens, left.CostUsd)
        == (right.StartNanos, right.EndNanos, right.Status, right.Exit, right.Title, right.TurnCount, right.ModelCalls, right.ModelErrors, right.ToolCalls, right.ToolFailures, right.Tokens, right.CostUsd);
}
