using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Calls;

/// <summary>Figures over calls that have something in common. Not thread-safe.</summary>
/// <param name="key">What its calls have in common.</param>
/// <param name="buckets">How many buckets there are.</param>
internal abstract class CallLine(CallKey key, int buckets)
{
    private SessionCalls? _lastSession;

    /// <summary>What its calls have in common.</summary>
    public CallKey Key => key;

    /// <summary>Calls, failed and refused ones included.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls of which the telemetry does not show how they ended.</summary>
    public int Unknown { get; private set; }

    /// <summary>Sessions that made them.</summary>
    public int Sessions { get; private set; }

    /// <summary>Length of the calls that tell how long such calls take.</summary>
    public Measurements Durations { get; } = new();

    /// <summary>Calls by bucket.</summary>
    public int[] CallSeries { get; } = new int[buckets];

    /// <summary>Failed and refused calls by bucket.</summary>
    public int[] ErrorSeries { get; } = new int[buckets];

    /// <summary>Adds a call of a session; those of one session come one after the other.</summary>
    public void Add(SessionCalls session, in SessionCall call, int bucket)
    {
        Sessions += ReferenceEquals(_lastSession, session) ? 0 : 1;
        _lastSession = session;
        Calls++;
        CallSeries[bucket]++;
        Unknown += call.Status == StepStatus.Unknown ? 1 : 0;
        ErrorSeries[bucket] += call.Status is StepStatus.Error or StepStatus.Denied ? 1 : 0;
        AddOwn(session, call, bucket);
    }

    /// <summary>Adds what only calls of this sort have.</summary>
    protected abstract void AddOwn(SessionCalls session, in SessionCall call, int bucket);
}
