using Gander.Sessions.Agents;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>Reads the facts of metric points. Metrics that no dialect knows cost one look at their name. Not thread-safe.</summary>
internal sealed class PointReader(FactReader reader)
{
    /// <summary>Gives the facts of all points that tell of a session to <paramref name="add"/>.</summary>
    public void Read(MetricBatch batch, Action<PointFacts> add)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (metric, dialect) = (-1, (CallDialect?)null);
        for (var row = 0; row < batch.Count; row++)
        {
            ref readonly var point = ref batch.Points[row];
            ref readonly var descriptor = ref batch.Metrics[point.Metric];
            if (point.Metric != metric)
            {
                metric = point.Metric;
                dialect = reader.EmitterOf(batch.Resources[descriptor.ResourceIndex]).Dialect as CallDialect;
                dialect = dialect is not null && dialect.KnowsMetric(batch.Text[descriptor.Name]) ? dialect : null;
            }

            if (dialect is not null && TryRead(batch, point, descriptor, dialect, out var facts))
            {
                add(facts);
            }
        }
    }

    /// <summary>Where a series may name its session.</summary>
    public static IReadOnlyList<SeriesField> SessionFields { get; } =
        [SeriesField.OfPoint(AttributeKeys.SessionId), SeriesField.OfPoint(AttributeKeys.ConversationId), SeriesField.OfResource(AttributeKeys.SessionId)];

    /// <summary>The session that a series names, or empty.</summary>
    public static string SessionOf(MetricSeries series) =>
        SessionFields.Select(field => series[field]).FirstOrDefault(value => value is { Kind: AttributeKind.String, Text.Length: > 0 and <= TextPool.DefaultMaxBytes }).Text ?? "";

    private bool TryRead(MetricBatch batch, in PointRow point, in MetricDescriptor descriptor, CallDialect dialect, out PointFacts facts)
    {
        var resource = batch.Resources[descriptor.ResourceIndex];
        var name = batch.Text[descriptor.Name];
        var (session, model) = ("", "");
        var type = default(ReadOnlySpan<byte>);
        var series = ContentHash.Of(name) ^ resource.Id;
        for (var i = point.Attributes.Start; i < point.Attributes.End; i++)
        {
            var key = batch.Text[batch.Attributes.Keys[i]];
            var value = batch.Text[batch.Attributes.Texts[i]];

            // A sum, so that the order of attributes does not matter.
            series += (ContentHash.Of(key) * 31) ^ ContentHash.Of(value) ^ (ulong)batch.Attributes.Bits[i];
            switch (AttributeNames.Of(key))
            {
                case AttributeName.SessionId or AttributeName.ConversationId: session = reader.SessionIdOf(value); break;
                case AttributeName.PlainModel or AttributeName.RequestModel: model = reader.Texts.Get(value); break;
                case AttributeName.TokenType: type = value; break;
                default: break;
            }
        }

        facts = new PointFacts
        {
            Emitter = reader.EmitterOf(resource),
            Dialect = dialect,
            Session = session.Length > 0 ? session : resource.Text(AttributeKeys.SessionId),
            Model = model,
            Series = series,
            StartNanos = point.StartNanos,
            TimeNanos = point.TimeNanos,
            Kind = dialect.KindOfPoint(name, type),
            IsCumulative = descriptor.Temporality == Temporality.Cumulative,
        };
        var isFound = facts.Session.Length > 0 || (dialect.MetricsNameNoSession && facts.Emitter.Instance.Length > 0);
        if (ValueOf(batch, point) is not { } number || !isFound || facts.Kind == PointFactKind.None)
        {
            return false;
        }

        facts.Value = number;
        return true;
    }

    private static decimal? ValueOf(MetricBatch batch, in PointRow point) => point.ValueKind switch
    {
        AttributeKind.Int => point.ValueBits >= 0 ? point.ValueBits : null,
        AttributeKind.Double => Lenient.Amount(BitConverter.Int64BitsToDouble(point.ValueBits)),
        _ when point.Distribution >= 0 && batch.Metrics[point.Metric].Kind == MetricKind.Histogram && batch.Histograms[point.Distribution].Sum is { } sum => Lenient.Amount(sum),
        _ => null,
    };
}
