using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>The calls of one tool, or of whatever else calls are told apart by. Not thread-safe.</summary>
/// <param name="key">What its calls have in common.</param>
/// <param name="buckets">How many buckets there are.</param>
internal sealed class ToolLine(CallKey key, int buckets)
{
    private readonly int[] _outcomeSources = new int[Enum.GetValues<FigureSource>().Length];
    private SessionCalls? _lastSession;

    /// <summary>What its calls have in common.</summary>
    public CallKey Key => key;

    /// <summary>Calls, failed and refused ones included.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls known to have failed, without those that were refused.</summary>
    public int Failures { get; private set; }

    /// <summary>Calls that a person, a hook or a policy refused.</summary>
    public int Denials { get; private set; }

    /// <summary>Calls that were stopped before they were done.</summary>
    public int Interrupted { get; private set; }

    /// <summary>Calls of which the telemetry does not show how they ended.</summary>
    public int Unknown { get; private set; }

    /// <summary>Sessions that made them.</summary>
    public int Sessions { get; private set; }

    /// <summary>Time spent waiting for a person's decision, nanoseconds; null where it was never told.</summary>
    public long? WaitNanos { get; private set; }

    /// <summary>Length of the calls that ran to their end.</summary>
    public Measurements Durations { get; } = new();

    /// <summary>Error texts of failed and refused calls.</summary>
    public ToolErrors Errors { get; } = new();

    /// <summary>Calls by bucket.</summary>
    public int[] CallSeries { get; } = new int[buckets];

    /// <summary>Failed and refused calls by bucket.</summary>
    public int[] ErrorSeries { get; } = new int[buckets];

    /// <summary>Calls of which it is known whether they failed.</summary>
    public int Known => Calls - Unknown;

    /// <summary>The share of the calls with a known outcome that failed; null when none is known.</summary>
    public double? FailureShare => Known > 0 ? (double)Failures / Known : null;

    /// <summary>How many outcomes come from a source.</summary>
    public int OutcomesFrom(FigureSource source) => _outcomeSources[(int)source];

    /// <summary>Adds a call of a session; those of one session come one after the other.</summary>
    public void Add(SessionCalls session, in SessionCall call, int bucket)
    {
        Sessions += ReferenceEquals(_lastSession, session) ? 0 : 1;
        _lastSession = session;
        Calls++;
        CallSeries[bucket]++;
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
            case StepStatus.Unknown:
                Unknown++;
                break;
        }

        if (call.Status is StepStatus.Error or StepStatus.Denied)
        {
            ErrorSeries[bucket]++;
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
