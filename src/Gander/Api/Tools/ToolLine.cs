using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>The calls of one tool, or of whatever else calls are told apart by. Lengths are of the calls that ran to their end. Not thread-safe.</summary>
/// <param name="key">What its calls have in common.</param>
/// <param name="buckets">How many buckets there are.</param>
internal sealed class ToolLine(CallKey key, int buckets) : CallLine(key, buckets)
{
    private readonly int[] _outcomeSources = new int[Enum.GetValues<FigureSource>().Length];

    /// <summary>What lines can be sorted by.</summary>
    public static IReadOnlyDictionary<string, Func<ToolLine, double?>> Sorts { get; } = new Dictionary<string, Func<ToolLine, double?>>(StringComparer.Ordinal)
    {
        ["calls"] = line => line.Calls,
        ["failures"] = line => line.Failures,
        ["failureShare"] = line => line.FailureShare,
        ["unknown"] = line => line.Unknown,
        ["denials"] = line => line.Denials,
        ["interrupted"] = line => line.Interrupted,
        ["p50"] = line => line.Durations.Quantile(0.5),
        ["p95"] = line => line.Durations.Quantile(0.95),
        ["wait"] = line => line.WaitNanos,
        ["sessions"] = line => line.Sessions,
    };

    /// <summary>Calls known to have failed, without those that were refused.</summary>
    public int Failures { get; private set; }

    /// <summary>Calls that a person, a hook or a policy refused.</summary>
    public int Denials { get; private set; }

    /// <summary>Calls that were stopped before they were done.</summary>
    public int Interrupted { get; private set; }

    /// <summary>Time spent waiting for a person's decision, nanoseconds; null where it was never told.</summary>
    public long? WaitNanos { get; private set; }

    /// <summary>Error texts of failed and refused calls.</summary>
    public ToolErrors Errors { get; } = new();

    /// <summary>Calls of which it is known whether they failed.</summary>
    public int Known => Calls - Unknown;

    /// <summary>The share of the calls with a known outcome that failed; null when none is known.</summary>
    public double? FailureShare => Known > 0 ? (double)Failures / Known : null;

    /// <summary>How many outcomes come from a source.</summary>
    public int OutcomesFrom(FigureSource source) => _outcomeSources[(int)source];

    /// <inheritdoc/>
    protected override void AddOwn(SessionCalls session, in SessionCall call, int bucket)
    {
        _outcomeSources[(int)call.OutcomeSource]++;
        switch (call.Status)
        {
            case StepStatus.Error:
                Failures++;
                break;
            case StepStatus.Denied:
                Denials++;
                break;
            case StepStatus.Interrupted:
                Interrupted++;
                break;
        }

        if (call.Status is StepStatus.Error or StepStatus.Denied)
        {
            Errors.Add(session, call);
        }

        WaitNanos = call.WaitNanos is { } wait ? (WaitNanos ?? 0) + wait : WaitNanos;
        if (call.DurationNanos is { } nanos && call.Status is not (StepStatus.Denied or StepStatus.Interrupted))
        {
            // A person's time to decide is not the tool's.
            Durations.Add(Math.Max(0, nanos - (call.WaitNanos ?? 0)), bucket, call.DurationProvenance);
        }
    }
}
