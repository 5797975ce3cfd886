using CsCheck;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

/// <summary>Random telemetry, as plain records and as the bytes of the message that says the same.</summary>
internal static class GenTelemetry
{
    private const long Epoch = 1_760_000_000_000_000_000;

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["abcdefghij_.0123456789"], 0, 40],
        Gen.String[Gen.Char["aé\u20ac\"\\/<>&'\n\t\u0001\u007f語"], 0, 12],
        Gen.Const("tool 🔧 output\n"));

    private static readonly Gen<AnyTree> Scalar = Gen.OneOf<AnyTree>(
        Gen.Const((AnyTree)new AnyTree.Nothing()),
        Text.Select(value => (AnyTree)new AnyTree.Text(value)),
        Gen.Long.Select(value => (AnyTree)new AnyTree.Whole(value)),
        Gen.Double.Select(value => (AnyTree)new AnyTree.Real(double.IsNaN(value) ? double.NaN : value)),
        Gen.Bool.Select(value => (AnyTree)new AnyTree.Truth(value)),
        Gen.Byte.Array[0, 20].Select(value => (AnyTree)new AnyTree.Raw(value)));

    public static readonly Gen<AnyTree> Value = Gen.Recursive<AnyTree>((depth, value) => depth >= 4
        ? Scalar
        : Gen.Frequency(
            (6, Scalar),
            (1, value.Array[0, 4].Select(items => (AnyTree)new AnyTree.List(items))),
            (1, Gen.Select(Text, value).Array[0, 4].Select(items => (AnyTree)new AnyTree.Map(items)))));

    private static readonly Gen<(string Key, AnyTree Value)[]> Attributes =
        Gen.Select(Text, Value).Array[0, 8].Select(items => items.DistinctBy(item => item.Item1).ToArray());

    private static readonly Gen<long> Nanos = Gen.Long[Epoch, Epoch + 1_000_000_000_000];
    private static readonly Gen<TraceId> Trace = Gen.Select(Gen.ULong, Gen.ULong[1, ulong.MaxValue], (high, low) => new TraceId(high, low));
    private static readonly Gen<SpanId> Span = Gen.ULong[1, ulong.MaxValue].Select(value => new SpanId(value));

    private static readonly Gen<(EventRecord Record, Wire Wire)> Event = Gen.Select(Nanos, Text, Attributes, Gen.UInt[0, 3], (time, name, attributes, dropped) => (
        new EventRecord(time, name, Plain(attributes), dropped),
        Add(new Wire().Fixed64(1, (ulong)time).Text(2, name), 3, attributes).Varint(4, dropped)));

    private static readonly Gen<(LinkRecord Record, Wire Wire)> Link = Gen.Select(Trace, Span, Text, Attributes, Gen.UInt[0, 3], (trace, span, state, attributes, flags) => (
        new LinkRecord(trace, span, state, Plain(attributes), 0, flags),
        Add(new Wire().Field(1, Bytes(trace)).Field(2, Bytes(span)).Text(3, state), 4, attributes).Fixed32(6, flags)));

    private static readonly Gen<(SpanRecord Record, Wire Wire)> OneSpan = Gen.Select(
        Gen.Select(Trace, Span, Gen.OneOf(Gen.Const(default(SpanId)), Span)),
        Gen.Select(Nanos, Gen.Long[0, 1_000_000_000_000], Gen.UInt[0, 0x3ff]),
        Gen.Select(Text, Text, Text),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.UInt[0, 9]),
        Attributes,
        Event.Array[0, 3],
        Link.Array[0, 2],
        (ids, times, texts, codes, attributes, events, links) => EncodeSpan(ids, times, texts, codes, attributes, events, links));

    private static readonly Gen<(LogRecord Record, Wire Wire)> OneLog = Gen.Select(
        Gen.Select(Gen.OneOf(Gen.Const(default(TraceId)), Trace), Gen.OneOf(Gen.Const(default(SpanId)), Span)),
        Gen.Select(Gen.OneOf(Gen.Const(0L), Nanos), Nanos, Gen.UInt[0, 255]),
        Gen.Select(Text, Text, Gen.Int[0, 24]),
        Value,
        Attributes,
        (ids, times, texts, body, attributes) => EncodeLog(ids, times, texts, body, attributes));

    /// <summary>Spans of several resources and scopes, and the <c>ExportTraceServiceRequest</c> that holds them.</summary>
    public static readonly Gen<(IReadOnlyList<SpanRecord> Records, byte[] Body)> Spans = Export(OneSpan, (record, resource, scope) => record with { Resource = resource, Scope = scope });

    /// <summary>Log records of several resources and scopes, and the <c>ExportLogsServiceRequest</c> that holds them.</summary>
    public static readonly Gen<(IReadOnlyList<LogRecord> Records, byte[] Body)> Logs = Export(OneLog, (record, resource, scope) => record with { Resource = resource, Scope = scope });

    public static IReadOnlyList<KeyValuePair<string, AttributeValue>> Plain((string Key, AnyTree Value)[] attributes) =>
        [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value.Stored))];

    public static Wire Add(Wire wire, int field, (string Key, AnyTree Value)[] attributes) =>
        attributes.Aggregate(wire, (so, attribute) => so.Message(field, AnyTree.KeyValue(attribute.Key, attribute.Value)));

    public static byte[] Bytes(TraceId id) => Convert.FromHexString(id.ToString());

    public static byte[] Bytes(SpanId id) => id.IsEmpty ? [] : Convert.FromHexString(id.ToString());

    private static Gen<(IReadOnlyList<TRecord> Records, byte[] Body)> Export<TRecord>(
        Gen<(TRecord Record, Wire Wire)> one, Func<TRecord, Resource, InstrumentationScope, TRecord> place)
    {
        var scopes = Gen.Select(Text, Text, Text, Attributes, one.Array[0, 5], (name, version, schema, attributes, records) => (
            Scope: new InstrumentationScope(name, version, Plain(attributes), schema),
            Wire: records.Aggregate(
                new Wire().Message(1, Add(new Wire().Text(1, name).Text(2, version), 3, attributes)).Text(3, schema),
                (wire, record) => wire.Message(2, record.Wire)),
            Records: records.Select(record => record.Record)));
        var resources = Gen.Select(Attributes, Text, scopes.Array[0, 3], (attributes, schema, inner) => (
            Wire: inner.Aggregate(new Wire().Message(1, Add(new Wire(), 1, attributes)).Text(3, schema), (wire, scope) => wire.Message(2, scope.Wire)),
            Records: inner.SelectMany(scope => scope.Records.Select(record => place(record, new Resource(Plain(attributes), schema), scope.Scope)))));
        return resources.Array[0, 3].Select(all => (
            (IReadOnlyList<TRecord>)[.. all.SelectMany(resource => resource.Records)],
            all.Aggregate(new Wire(), (wire, resource) => wire.Message(1, resource.Wire)).Bytes));
    }

    private static (SpanRecord Record, Wire Wire) EncodeSpan(
        (TraceId Trace, SpanId Span, SpanId Parent) ids,
        (long Start, long Length, uint Flags) times,
        (string Name, string State, string Message) texts,
        (int Kind, int Status, uint Dropped) codes,
        (string Key, AnyTree Value)[] attributes,
        (EventRecord Record, Wire Wire)[] events,
        (LinkRecord Record, Wire Wire)[] links)
    {
        var record = new SpanRecord
        {
            TraceId = ids.Trace,
            SpanId = ids.Span,
            ParentSpanId = ids.Parent,
            StartNanos = times.Start,
            EndNanos = times.Start + times.Length,
            Flags = times.Flags,
            Name = texts.Name,
            TraceState = texts.State,
            StatusMessage = texts.Message,
            Kind = (byte)codes.Kind,
            StatusCode = (byte)codes.Status,
            DroppedAttributes = codes.Dropped,
            DroppedEvents = codes.Dropped / 2,
            DroppedLinks = codes.Dropped / 3,
            Attributes = Plain(attributes),
            Events = [.. events.Select(item => item.Record)],
            Links = [.. links.Select(item => item.Record)],
        };
        var wire = new Wire()
            .Field(1, Bytes(ids.Trace)).Field(2, Bytes(ids.Span)).Text(3, texts.State).Field(4, Bytes(ids.Parent)).Text(5, texts.Name)
            .Varint(6, (ulong)codes.Kind).Fixed64(7, (ulong)record.StartNanos).Fixed64(8, (ulong)record.EndNanos);
        Add(wire, 9, attributes).Varint(10, record.DroppedAttributes);
        events.Aggregate(wire, (so, item) => so.Message(11, item.Wire)).Varint(12, record.DroppedEvents);
        links.Aggregate(wire, (so, item) => so.Message(13, item.Wire)).Varint(14, record.DroppedLinks);
        wire.Message(15, new Wire().Text(2, texts.Message).Varint(3, (ulong)codes.Status)).Fixed32(16, times.Flags);
        return (record, wire);
    }

    private static (LogRecord Record, Wire Wire) EncodeLog(
        (TraceId Trace, SpanId Span) ids,
        (long Time, long Observed, uint Flags) times,
        (string Severity, string Event, int Number) texts,
        AnyTree body,
        (string Key, AnyTree Value)[] attributes)
    {
        var record = new LogRecord
        {
            TraceId = ids.Trace,
            SpanId = ids.Span,
            TimeNanos = times.Time,
            ObservedNanos = times.Observed,
            Flags = times.Flags,
            Severity = (byte)texts.Number,
            SeverityText = texts.Severity,
            EventName = texts.Event,
            BodyKind = body.Stored.Kind,
            Body = body.BodyText,
            Attributes = Plain(attributes),
        };
        var wire = new Wire()
            .Fixed64(1, (ulong)times.Time).Varint(2, (ulong)texts.Number).Text(3, texts.Severity).Message(5, body.Encode());
        Add(wire, 6, attributes).Fixed32(8, times.Flags).Field(9, ids.Trace.IsEmpty ? [] : Bytes(ids.Trace)).Field(10, Bytes(ids.Span))
            .Fixed64(11, (ulong)times.Observed).Text(12, texts.Event);
        return (record, wire);
    }
}
