using System.Globalization;
using Gander.Agent.Loop;
using Gander.Agent.Providers;

namespace Gander.Commands.Coding;

/// <summary>How fast the model was in a run, and the sums of what it took.</summary>
internal sealed class RunSpeed
{
    private TimeSpan? _firstToken;
    private TimeSpan _answering;
    private long _answered;

    /// <summary>Takes note of an event.</summary>
    public void Add(AgentEvent happened)
    {
        if (happened is AgentEvent.ModelCallEnded { Call: { Purpose: ModelCallPurpose.Reply } call })
        {
            _firstToken ??= call.TimeToFirstToken;
            _answering += call.Duration;
            _answered += call.Usage?.OutputTokens ?? 0;
        }
    }

    /// <summary>Prints them.</summary>
    public void Print(TextWriter writer, SessionTotals totals, TurnOutcome outcome)
    {
        var usage = totals.Usage;
        Line("Time to first token", _firstToken is { } first ? Invariant($"{first.TotalSeconds:0.00} s") : "unknown");
        Line("Output tokens a second", _answering > TimeSpan.Zero && _answered > 0 ? Invariant($"{_answered / _answering.TotalSeconds:0.0}") : "unknown");
        Line("Input tokens", Invariant($"{usage.InputTokens}") + (usage.CacheReadTokens > 0 ? Invariant($", {usage.CacheReadTokens} of them cached") : ""));
        Line("Output tokens", Invariant($"{usage.OutputTokens}") + (usage.ReasoningTokens > 0 ? Invariant($", {usage.ReasoningTokens} of them reasoning") : ""));
        Line("Model calls", Invariant($"{totals.ModelCalls}"));
        Line("Tool calls", Invariant($"{totals.ToolCalls}") + (totals.ToolFailures > 0 ? Invariant($", {totals.ToolFailures} of them failed") : ""));
        Line("Cost", totals.CostUsd is { } cost ? Invariant($"${cost:0.######}") : "unknown, as the model's price is not known");
        Line("Duration", Invariant($"{outcome.Duration.TotalSeconds:0.00} s"));

        void Line(string name, string value) => writer.WriteLine($"{name + ":",-24}{value}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
