using Gander.Sessions.Facts;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>
/// Finds the sessions of exports that were stored and not folded, after a crash or when more came than could wait. It only
/// notes which sessions they touch: the telemetry is read when they are folded.
/// </summary>
internal sealed class SessionCatchUp(ISpanStore spans, ILogStore logs, SessionReader reader, SessionFolder folder)
{
    /// <summary>Marks all sessions touched by exports after <paramref name="progress"/>.</summary>
    public async Task RunAsync(FoldProgress progress, long now, CancellationToken cancellationToken)
    {
        var facts = new FactReader();
        var seen = new HashSet<TraceId>();
        var unnamed = new HashSet<TraceId>();
        await foreach (var batch in spans.ReadAfterAsync(progress.Spans, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    facts.Read(batch, row, out var span);
                    if (span.Session.Length > 0)
                    {
                        seen.Add(span.Trace);
                        folder.Touch(span.Emitter, span.Session, span.StartNanos, now);
                    }
                    else
                    {
                        unnamed.Add(span.Trace);
                    }
                }
            }
        }

        await foreach (var batch in logs.ReadAfterAsync(progress.Logs, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    facts.Read(batch, row, out var record);
                    if (record.Session.Length > 0)
                    {
                        folder.Touch(record.Emitter, record.Session, record.TimeNanos, now);
                    }
                    else if (record.Kind != LogFactKind.Other && record.Trace.IsEmpty)
                    {
                        folder.TouchLoose(record, now);
                    }
                }
            }
        }

        foreach (var trace in unnamed.Where(trace => !seen.Contains(trace)))
        {
            foreach (var (emitterId, session) in await reader.SessionsOfTraceAsync(trace, cancellationToken).ConfigureAwait(false))
            {
                folder.Touch(emitterId, session, now);
            }
        }
    }
}
