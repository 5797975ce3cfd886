using Gander.Sessions.Facts;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>Finds in the store which sessions a process served, for agents whose metrics name only the process.</summary>
internal sealed class ProcessReader(ISpanStore spans)
{
    private const int MaxRoots = 1_000;

    /// <summary>The sessions that the first root spans of a process name, from some time on, with who sent them; each as often as there are spans.</summary>
    public async Task<IReadOnlyList<(Emitter Emitter, string Session)>> SessionsAsync(string instance, long fromNanos, CancellationToken cancellationToken)
    {
        var query = new RecordQuery(
            new TimeRange(Math.Max(0, fromNanos), long.MaxValue),
            [
                new RecordCondition(new RecordField.OfResource(AttributeKeys.ServiceInstanceId), RecordOperator.Equal, AttributeValue.Of(instance)),
                new RecordCondition(new RecordField.Parent(), RecordOperator.Absent, default),
            ],
            MaxRoots);
        using var batch = await spans.FindAsync(query, cancellationToken).ConfigureAwait(false);
        var reader = new FactReader();
        var found = new List<(Emitter, string)>();
        for (var row = 0; row < batch.Count; row++)
        {
            var span = reader.Read(batch, row);
            if (span.Session.Length > 0)
            {
                found.Add((span.Emitter, span.Session));
            }
        }

        return found;
    }
}
