using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>The facts of one trace. Facts may come in any order and more than once.</summary>
internal sealed class TraceFacts(TraceId id)
{
    /// <summary>The trace.</summary>
    public TraceId Id { get; } = id;

    /// <summary>Its spans.</summary>
    public List<SpanFacts> Spans { get; } = [];

    /// <summary>Log records and events that mean something.</summary>
    public List<LogFacts> Notes { get; } = [];

    /// <summary>The sessions whose id occurs in it.</summary>
    public List<string> Sessions { get; } = [];

    /// <summary>The stretches worked out for so many spans; worked out again when there are more.</summary>
    public (int Spans, IReadOnlyList<ActiveStretch> Stretches)? Worked { get; set; }

    /// <summary>Remembers that a session's id occurs in it.</summary>
    public bool Join(string session)
    {
        if (Sessions.Contains(session))
        {
            return false;
        }

        Sessions.Add(session);
        return true;
    }
}
