using System.Globalization;
using Gander.Agent.Loop;
using Gander.Agent.Providers;

namespace Gander.Commands.Coding;

/// <summary>Adds up what a run took.</summary>
internal sealed class RunStatistics
{
    private TimeSpan? _firstToken;
    private TimeSpan _answering;
    private long _answered;
    private int _modelCalls;
    private int _toolCalls;
    private int _toolFailures;

    /// <summary>Counts an event.</summary>
    public void Add(AgentEvent happened)
    {
        switch (happened)
        {
            case AgentEvent.ModelCallEnded { Call: var call }:
                _modelCalls++;
                if (call.Purpose == ModelCallPurpose.Reply)
                {
                    _firstToken ??= call.TimeToFirstToken;
                    _answering += call.Duration;
                    _answered += call.Usage?.OutputTokens ?? 0;
                }

                break;
            case AgentEvent.ToolCallEnded { Result: var result }:
                _toolCalls++;
                _toolFailures += result.IsError ? 1 : 0;
                break;
        }
    }

    /// <summary>Prints the sums.</summary>
    public void Print(TextWriter writer, TurnOutcome outcome)
    {
        var usage = outcome.Usage;
        Line("Time to first token", _firstToken is { } first ? Invariant($"{first.TotalSeconds:0.00} s") : "unknown");
        Line("Output tokens a second", _answering > TimeSpan.Zero && _answered > 0 ? Invariant($"{_answered / _answering.TotalSeconds:0.0}") : "unknown");
        Line("Input tokens", Invariant($"{usage.InputTokens}") + (usage.CacheReadTokens > 0 ? Invariant($", {usage.CacheReadTokens} of them cached") : ""));
        Line("Output tokens", Invariant($"{usage.OutputTokens}") + (usage.ReasoningTokens > 0 ? Invariant($", {usage.ReasoningTokens} of them reasoning") : ""));
        Line("Model calls", Invariant($"{_modelCalls}"));
        Line("Tool calls", Invariant($"{_toolCalls}") + (_toolFailures > 0 ? Invariant($", {_toolFailures} of them failed") : ""));
        Line("Cost", outcome.CostUsd is { } cost ? Invariant($"${cost:0.######}") : "unknown, as the model's price is not known");
        Line("Duration", Invariant($"{outcome.Duration.TotalSeconds:0.00} s"));

        void Line(string name, string value) => writer.WriteLine($"{name + ":",-24}{value}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
