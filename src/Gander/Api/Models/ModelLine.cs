using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Models;

/// <summary>The calls of one model, or of whatever else calls are told apart by. Lengths are of the calls that were answered, from the request to the last byte. Not thread-safe.</summary>
/// <param name="key">What its calls have in common.</param>
/// <param name="buckets">How many buckets there are.</param>
internal sealed class ModelLine(CallKey key, int buckets) : CallLine(key, buckets)
{
    private readonly int[] _tokensSources = new int[Enum.GetValues<FigureSource>().Length];

    /// <summary>What lines can be sorted by.</summary>
    public static IReadOnlyDictionary<string, Func<ModelLine, double?>> Sorts { get; } = new Dictionary<string, Func<ModelLine, double?>>(StringComparer.Ordinal)
    {
        ["calls"] = line => line.Calls,
        ["errors"] = line => line.Errors,
        ["p50"] = line => line.Durations.Quantile(0.5),
        ["p95"] = line => line.Durations.Quantile(0.95),
        ["p99"] = line => line.Durations.Quantile(0.99),
        ["firstByteP50"] = line => line.FirstBytes.Quantile(0.5),
        ["firstByteP95"] = line => line.FirstBytes.Quantile(0.95),
        ["tokensPerSecond"] = line => line.TokensPerSecond,
        ["input"] = line => line.CallsWithTokens > 0 ? line.Tokens.Input : null,
        ["output"] = line => line.CallsWithTokens > 0 ? line.Tokens.Output : null,
        ["reportedCost"] = line => (double?)line.ReportedCostUsd,
    };

    /// <summary>Calls that failed.</summary>
    public int Errors { get; private set; }

    /// <summary>Tokens of the calls that report them.</summary>
    public TokenUsage Tokens { get; private set; }

    /// <summary>Calls that report tokens.</summary>
    public int CallsWithTokens { get; private set; }

    /// <summary>US dollars that the agent says they cost, or null when it says nothing.</summary>
    public decimal? ReportedCostUsd { get; private set; }

    /// <summary>Time to the first byte of the calls that were answered.</summary>
    public Measurements FirstBytes { get; } = new();

    /// <summary>Output tokens by bucket.</summary>
    public long[] OutputSeries { get; } = new long[buckets];

    /// <summary>Output tokens a second over the answered calls that tell both; null when none does.</summary>
    public double? TokensPerSecond => TimedNanos > 0 ? TimedTokens / (TimedNanos / 1e9) : null;

    private long TimedTokens { get; set; }

    private long TimedNanos { get; set; }

    /// <summary>How many calls have their tokens from a source.</summary>
    public int TokensFrom(FigureSource source) => _tokensSources[(int)source];

    /// <inheritdoc/>
    protected override void AddOwn(SessionCalls session, in SessionCall call, int bucket)
    {
        Errors += call.Status is StepStatus.Error or StepStatus.Denied ? 1 : 0;
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
