using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>Puts whole batches into the facts of their emitters.</summary>
internal static class FactLoader
{
    /// <summary>Adds every span that is not noise, and the events that mean something.</summary>
    public static void Load(FactReader reader, SpanBatch batch, Func<Emitter, EmitterFacts?> factsOf)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var span = reader.Read(batch, row);
            if (span.Role == SpanRole.Noise || factsOf(span.Emitter) is not { } facts)
            {
                continue;
            }

            facts.Add(span);
            AddEvents(reader, batch, span, facts);
        }
    }

    /// <summary>Adds every log record.</summary>
    public static void Load(FactReader reader, LogBatch batch, Func<Emitter, EmitterFacts?> factsOf)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            reader.Read(batch, row, out var record);
            factsOf(record.Emitter)?.Add(record);
        }
    }

    /// <summary>Adds every metric point that tells of a session.</summary>
    public static void Load(FactReader reader, MetricBatch batch, Func<Emitter, EmitterFacts?> factsOf) =>
        new PointReader(reader).Read(batch, point => factsOf(point.Emitter)?.Add(point));

    /// <summary>Adds the events of one span that mean something; only failed spans have such events.</summary>
    public static void AddEvents(FactReader reader, SpanBatch batch, SpanFacts span, EmitterFacts facts)
    {
        if (span.Status != 2)
        {
            return;
        }

        var events = batch.EventRanges[span.Row];
        for (var row = events.Start; row < events.End; row++)
        {
            if (reader.TryReadEvent(batch, span, row, out var note))
            {
                facts.Add(note);
            }
        }
    }
}
