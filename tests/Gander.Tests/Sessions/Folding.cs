using Gander.Sessions;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Tests.Sessions;

/// <summary>Folds batches in one go, without an index or a store.</summary>
internal static class Folding
{
    /// <summary>Long after every capture, so that nothing counts as running.</summary>
    public static readonly FoldContext Later = new(long.MaxValue / 2);

    /// <summary>All sessions of all emitters of the batches, earliest start first, without texts.</summary>
    public static List<Session> All(IEnumerable<TelemetryBatch> batches, FoldContext? context = null)
    {
        var emitters = Facts(batches);
        return [.. emitters.Values.SelectMany(facts => new SessionFold(facts, context ?? Later).FoldAll()).OrderBy(session => session.Summary.StartNanos)];
    }

    public static Dictionary<ulong, EmitterFacts> Facts(IEnumerable<TelemetryBatch> batches)
    {
        var reader = new FactReader();
        var emitters = new Dictionary<ulong, EmitterFacts>();
        foreach (var batch in batches)
        {
            if (batch is SpanBatch spans)
            {
                FactLoader.Load(reader, spans, emitter => Of(emitters, emitter));
            }
            else if (batch is LogBatch logs)
            {
                FactLoader.Load(reader, logs, emitter => Of(emitters, emitter));
            }
            else if (batch is MetricBatch metrics)
            {
                FactLoader.Load(reader, metrics, emitter => Of(emitters, emitter));
            }
        }

        return emitters;
    }

    private static EmitterFacts Of(Dictionary<ulong, EmitterFacts> emitters, Emitter emitter)
    {
        if (!emitters.TryGetValue(emitter.Id, out var facts))
        {
            emitters.Add(emitter.Id, facts = new EmitterFacts());
        }

        return facts;
    }
}
