using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// What series are, as bytes, in the log and in the registry file: resources and scopes before the series that refer to them.
/// Reading the same definition twice changes nothing.
/// </summary>
internal static class Definitions
{
    private const byte End = 0;
    private const byte OfResource = 1;
    private const byte OfScope = 2;
    private const byte OfSeries = 3;
    private const byte OfMetric = 4;
    private const byte OfLayout = 5;
    private const byte OfParallelStreams = 6;

    /// <summary>Writes a resource.</summary>
    public static void Write(ByteWriter writer, Resource resource)
    {
        writer.WriteByte(OfResource);
        writer.WriteText(resource.SchemaUrl);
        writer.WriteVarint(resource.DroppedAttributes);
        AttributeBytes.Write(writer, resource.Attributes);
    }

    /// <summary>Writes a scope.</summary>
    public static void Write(ByteWriter writer, InstrumentationScope scope)
    {
        writer.WriteByte(OfScope);
        writer.WriteText(scope.Name);
        writer.WriteText(scope.Version);
        writer.WriteText(scope.SchemaUrl);
        writer.WriteVarint(scope.DroppedAttributes);
        AttributeBytes.Write(writer, scope.Attributes);
    }

    /// <summary>Writes a series, the times it is known to cover, and when it was last heard of.</summary>
    public static void Write(ByteWriter writer, SeriesEntry entry)
    {
        var series = entry.Series;
        writer.WriteByte(OfSeries);
        writer.WriteVarint((ulong)series.Id);
        WriteMetric(writer, series.Name, series.Unit, series.Kind, series.Temporality, series.IsMonotonic);
        writer.WriteInt64((long)series.Resource.Id);
        writer.WriteInt64((long)series.Scope.Id);
        AttributeBytes.Write(writer, series.Attributes);
        writer.WriteInt64(entry.FirstNanos);
        writer.WriteInt64(entry.LastNanos);
        writer.WriteInt64(entry.ArrivedNanos);
    }

    /// <summary>Writes what points have shown of a series; its definition must stand before.</summary>
    public static void WriteTraits(ByteWriter writer, SeriesEntry entry)
    {
        foreach (var shape in entry.Layouts)
        {
            writer.WriteByte(OfLayout);
            writer.WriteVarint((ulong)entry.Series.Id);
            writer.WriteBytes(shape);
        }

        if (entry.HasParallelStreams)
        {
            writer.WriteByte(OfParallelStreams);
            writer.WriteVarint((ulong)entry.Series.Id);
        }
    }

    /// <summary>Writes the description of a metric.</summary>
    public static void Write(ByteWriter writer, MetricMetadata metadata)
    {
        writer.WriteByte(OfMetric);
        WriteMetric(writer, metadata.Name, metadata.Unit, metadata.Kind, metadata.Temporality, metadata.IsMonotonic);
        writer.WriteText(metadata.Description);
    }

    /// <summary>Ends a list of definitions.</summary>
    public static void WriteEnd(ByteWriter writer) => writer.WriteByte(End);

    /// <summary>Reads definitions up to their end into <paramref name="registry"/>.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="registry">Takes what is new to it.</param>
    /// <param name="arePersisted">Whether they come from the registry file.</param>
    public static void Read(ref ByteReader reader, SeriesRegistry registry, bool arePersisted)
    {
        for (var tag = reader.ReadByte(); tag != End; tag = reader.ReadByte())
        {
            switch (tag)
            {
                case OfResource:
                    ReadResource(ref reader, registry);
                    break;
                case OfScope:
                    ReadScope(ref reader, registry);
                    break;
                case OfSeries:
                    ReadSeries(ref reader, registry, arePersisted);
                    break;
                case OfMetric:
                    var (name, unit, kind, temporality, isMonotonic) = ReadMetric(ref reader, registry.Texts);
                    registry.Describe(new MetricMetadata(name, unit, kind, temporality, isMonotonic, reader.ReadText()), arePersisted);
                    break;
                case OfLayout:
                    ReadLayout(ref reader, registry);
                    break;
                case OfParallelStreams:
                    if (registry.ById((int)reader.ReadVarint()) is { } parallel)
                    {
                        parallel.HasParallelStreams = true;
                    }

                    break;
                default:
                    throw new InvalidDataException("A definition is of an unknown kind.");
            }
        }
    }

    private static void ReadResource(ref ByteReader reader, SeriesRegistry registry)
    {
        var schemaUrl = reader.ReadText();
        var dropped = (uint)reader.ReadVarint();
        var resource = new Resource(AttributeBytes.Read(ref reader, registry.Texts), schemaUrl, dropped);
        registry.Resources.TryAdd(resource.Id, resource);
    }

    private static void ReadLayout(ref ByteReader reader, SeriesRegistry registry)
    {
        var entry = registry.ById((int)reader.ReadVarint());
        var shape = reader.ReadBytes();
        if (entry is not null)
        {
            registry.NoteLayout(entry, shape);
            entry.HasNewTraits = false;
        }
    }

    private static void ReadScope(ref ByteReader reader, SeriesRegistry registry)
    {
        var (name, version, schemaUrl) = (reader.ReadText(), reader.ReadText(), reader.ReadText());
        var dropped = (uint)reader.ReadVarint();
        var scope = new InstrumentationScope(name, version, AttributeBytes.Read(ref reader, registry.Texts), schemaUrl, dropped);
        registry.Scopes.TryAdd(scope.Id, scope);
    }

    private static void ReadSeries(ref ByteReader reader, SeriesRegistry registry, bool arePersisted)
    {
        var id = (int)reader.ReadVarint();
        var (name, unit, kind, temporality, isMonotonic) = ReadMetric(ref reader, registry.Texts);
        var (resourceId, scopeId) = ((ulong)reader.ReadInt64(), (ulong)reader.ReadInt64());
        var attributes = AttributeBytes.Read(ref reader, registry.Texts);
        var (first, last, arrived) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var resource = registry.Resources.GetValueOrDefault(resourceId) ?? throw new InvalidDataException("A series refers to a lost resource.");
        var scope = registry.Scopes.GetValueOrDefault(scopeId) ?? throw new InvalidDataException("A series refers to a lost scope.");
        if (registry.Add(new MetricSeries(id, name, unit, kind, temporality, isMonotonic, resource, scope, attributes)) is { } entry)
        {
            (entry.FirstNanos, entry.LastNanos, entry.ArrivedNanos) = (first, last, arrived);
            entry.IsPersisted = arePersisted;
        }
    }

    private static void WriteMetric(ByteWriter writer, string name, string unit, MetricKind kind, Temporality temporality, bool isMonotonic)
    {
        writer.WriteText(name);
        writer.WriteText(unit);
        writer.WriteByte((byte)kind);
        writer.WriteByte((byte)temporality);
        writer.WriteByte(isMonotonic ? (byte)1 : (byte)0);
    }

    private static (string Name, string Unit, MetricKind Kind, Temporality Temporality, bool IsMonotonic) ReadMetric(ref ByteReader reader, TextPool texts) =>
        (texts.Intern(reader.ReadBytes()), texts.Intern(reader.ReadBytes()), (MetricKind)reader.ReadByte(), (Temporality)reader.ReadByte(), reader.ReadByte() != 0);
}
