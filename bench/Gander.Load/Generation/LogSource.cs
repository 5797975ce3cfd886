using System.Globalization;
using System.Text;

namespace Gander.Load.Generation;

/// <summary>
/// Log records of coding agents: events with a body of 150 to 700 bytes and ten attributes, about 661 bytes of text each.
/// The span id of a record is its <see cref="RecordId"/>. Not thread-safe.
/// </summary>
internal sealed class LogSource(Population population, Corpus corpus, SplitMix random, ushort run)
{
    private static readonly string[] Events =
        ["api_request", "tool_result", "user_prompt", "tool_decision", "api_error", "stdout", "stderr", "hook"];

    private static readonly byte[][] EventNames = [.. Events.Select(Keys.Utf8)];
    private static readonly byte[][] ModelNames = [.. Population.Models.Select(Keys.Utf8)];

    private readonly List<LogRecord> _batch = [];

    /// <summary>
    /// The next <paramref name="count"/> records, numbered from <paramref name="firstNumber"/>, at about
    /// <paramref name="nowNanos"/>. The list and its records are valid until the next call.
    /// </summary>
    public IReadOnlyList<LogRecord> Take(int count, long firstNumber, long nowNanos)
    {
        while (_batch.Count < count)
        {
            _batch.Add(new LogRecord());
        }

        for (var i = 0; i < count; i++)
        {
            Fill(_batch[i], new RecordId(run, firstNumber + i), nowNanos + (i * 1_000L));
        }

        return _batch;
    }

    private void Fill(LogRecord record, RecordId id, long timeNanos)
    {
        var session = population.PickSession();
        if (random.OneIn(12))
        {
            session.Trace = (random.Next(), random.Next());
            population.EndTurn(session);
        }

        var kind = random.Skewed(Events.Length);
        record.Emitter = session.Emitter;
        record.TimeNanos = timeNanos;
        (record.TraceHigh, record.TraceLow) = session.Trace;
        record.SpanId = id.ToSpanId();
        record.Severity = random.OneIn(30) ? 17 : random.OneIn(10) ? 13 : 9;
        record.Body = Body(kind);
        record.Attributes.Clear();
        record.Attributes.Add(Field.Of(Keys.SessionId, session.Id));
        record.Attributes.Add(Field.Of(Keys.EventName, EventNames[kind]));
        record.Attributes.Add(Field.Of(Keys.UserId, session.User));
        record.Attributes.Add(Field.Of(Keys.Project, session.Project));
        record.Attributes.Add(Field.Of(Keys.RequestModel, ModelNames[session.Model]));
        record.Attributes.Add(Field.Of(Keys.EventSequence, random.Below(5_000)));
        record.Attributes.Add(Field.Of(Keys.Duration, random.Below(60_000)));
        record.Attributes.Add(Field.Of(Keys.Success, !random.OneIn(20)));
        record.Attributes.Add(Field.Of(Keys.BodyLength, record.Body.Length));
        record.Attributes.Add(Field.Of(Keys.Terminal, Keys.Vscode));
    }

    // One body in 5,000 has a word that a search can look for.
    private byte[] Body(int kind)
    {
        var text = corpus.Cut(random, 150 + random.Below(550));
        return [.. EventNames[kind], .. ": "u8, .. text.Span, .. random.OneIn(5_000) ? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" needle-{random.Below(100)} ")) : []];
    }
}
