using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Models;

/// <summary>The calls of one model, or of whatever else calls are told apart by. Not thread-safe.</summary>
/// <param name="key">What its calls have in common.</param>
/// <param name="buckets">How many buckets there are.</param>
internal sealed class ModelLine(CallKey key, int buckets)
{
    private readonly int[] _tokensSources = new int[Enum.GetValues<FigureSource>().Length];
    private SessionCalls? _lastSession;

    /// <summary>What its calls have in common.</summary>
    public CallKey Key => key;

    /// <summary>Calls, failed ones included.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls that failed.</summary>
    public int Errors { get; private set; }

    /// <summary>Calls of which the telemetry does not show how they ended.</summary>
    public int Unknown { get; private set; }

    /// <summary>Sessions that made them.</summary>
    public int Sessions { get; private set; }

    /// <summary>Tokens of the calls that report them.</summary>
    public TokenUsage Tokens { get; private set; }

    /// <summary>Calls that report tokens.</summary>
    public int CallsWithTokens { get; private set; }

    /// <summary>US dollars that the agent says they cost, or null when it says nothing.</summary>
    public decimal? ReportedCostUsd { get; private set; }

    /// <summary>Length of the calls that were answered, from the request to the last byte.</summary>
    public Measurements Durations { get; } = new();

    /// <summary>Time to the first byte of the calls that were answered.</summary>
    public Measurements FirstBytes { get; } = new();

    /// <summary>Calls by bucket.</summary>
    public int[] CallSeries { get; } = new int[buckets];

    /// <summary>Failed calls by bucket.</summary>
    public int[] ErrorSeries { get; } = new int[buckets];

    /// <summary>Output tokens by bucket.</summary>
    public long[] OutputSeries { get; } = new long[buckets];

    /// <summary>Output tokens a second over the answered calls that tell both; null when none does.</summary>
    public double? TokensPerSecond => TimedNanos > 0 ? TimedTokens / (TimedNanos / 1e9) : null;

    private long TimedTokens { get; set; }

    private long TimedNanos { get; set; }

    /// <summary>How many calls have their tokens from a source.</summary>
    public int TokensFrom(FigureSource source) => _tokensSources[(int)source];

    /// <summary>Adds a call of a session; those of one session come one after the other.</summary>
    public void Add(SessionCalls session, in SessionCall call, int bucket)
    {
        Sessions += ReferenceEquals(_lastSession, session) ? 0 : 1;
        _lastSession = session;
        Calls++;
        CallSeries[bucket]++;
        if (call.Status is StepStatus.Error or StepStatus.Denied)
        {
            Errors++;
            ErrorSeries[bucket]++;
        }

        Unknown += call.Status == StepStatus.Unknown ? 1 : 0;
        ReportedCostUsd = call.ReportedCostUsd is { } cost ? (ReportedCostUsd ?? 0) + cost : ReportedCostUsd;
        if (call.Tokens is { } tokens)
        {
            Tokens += tokens;
            CallsWithTokens++;
            OutputSeries[bucket] += tokens.Output;
            _tokensSources[(int)call.TokensSource]++;
        }

        if (call.Status is StepStatus.Ok or StepStatus.Unknown)
        {
            Measure(call, bucket);
        }
    }

    // How long a call took that failed or was stopped is not the time a model takes.
    private void Measure(in SessionCall call, int bucket)
    {
        if (call.FirstByteNanos is { } firstByte)
        {
            FirstBytes.Add(firstByte, bucket, DurationProvenance.Reported);
        }

        if (call.DurationNanos is not { } nanos)
        {
            return;
        }

        Durations.Add(nanos, bucket, call.DurationProvenance);
        if (call.Tokens is { Output: > 0 } tokens && nanos > 0)
        {
            TimedTokens += tokens.Output;
            TimedNanos += nanos;
        }
    }
}
