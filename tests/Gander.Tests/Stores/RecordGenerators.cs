using CsCheck;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Random telemetry and random questions about it: few names and keys, so that questions meet answers, and odd values.</summary>
public static class RecordGenerators
{
    private static readonly string[] Keys =
        [.. AttributeKeys.Promoted.Keys, AttributeKeys.PlainConversationId, "output", "gen_ai.input.messages", "prompt", "k", "kk", "", "host.name", "quote'\"$%", "key\0nul"];

    private static readonly string[] Texts =
        ["", "a", "A", "é", "shell", "gpt-4o", "it's", "100%_\\", "[a]*(b)?", "nul\0nul", "\u0001marked", "\u0002 5", "5", "😀 smile", "line\nline", new('x', 600), "B" + new string('é', 300)];

    private static readonly Resource[] Resources =
    [
        Some.GooseResource,
        Some.Resource("codex", ("k", "a"), ("host.name", "other")),
        new([new("k", AttributeValue.Of(5L)), new("output", AttributeValue.Of(new string('y', 700)))], "https://example.test/schema", 3),
        Resource.Empty,
    ];

    private static readonly InstrumentationScope[] Scopes = [InstrumentationScope.Empty, new("a", "1"), new("shell", "", Some.Attributes(("k", 1.5)), "url", 2)];

    private static readonly Gen<string> Text = Gen.OneOf(Pick(Texts), Pick(Texts), Gen.String[0, 20]);

    private static readonly Gen<AttributeValue> Value = Gen.OneOf(
        Text.Select(AttributeValue.Of),
        Text.Select(AttributeValue.Of),
        Gen.OneOf(Pick(0L, 5L, -1L, long.MaxValue, long.MinValue), Gen.Long).Select(AttributeValue.Of),
        Gen.OneOf(Pick(5.0, 0.1, -0.0, double.NaN, double.PositiveInfinity, 1e300), Gen.Double).Select(AttributeValue.Of),
        Gen.Bool.Select(AttributeValue.Of),
        Pick(
            new AttributeValue(AttributeKind.Empty, 0, ""),
            new AttributeValue(AttributeKind.Bytes, 0, "AAE="),
            new AttributeValue(AttributeKind.Array, 0, """[{"intValue":"5"}]"""),
            new AttributeValue(AttributeKind.Map, 0, """[{"key":"a","value":{"stringValue":"shell"}}]""")));

    private static readonly Gen<IReadOnlyList<KeyValuePair<string, AttributeValue>>> Attributes =
        Gen.Select(Pick(Keys), Value, KeyValuePair.Create).List[0, 8].Select(list => (IReadOnlyList<KeyValuePair<string, AttributeValue>>)list);

    private static readonly Gen<TraceId> Trace = Pick(Some.TraceId(1), Some.TraceId(2), new TraceId(ulong.MaxValue, 1), new TraceId(1UL << 63, 0));

    private static readonly Gen<SpanId> Span = Gen.OneOf(Pick(new SpanId(1), new SpanId(ulong.MaxValue)), Gen.ULong[1, ulong.MaxValue].Select(id => new SpanId(id)));

    // Seconds around the clock's time, and now and then from another year.
    private static readonly Gen<long> Offset = Gen.OneOf(
        Gen.Long[-5, 5].Select(seconds => seconds * 1_000_000_000),
        Gen.Long[-3_600, 3_600].Select(seconds => seconds * 1_000_000_000),
        Gen.Long[-20, 3].Select(days => days * 86_400_000_000_000));

    private static readonly Gen<RecordField> Field = Gen.OneOf(
        Gen.Select(Pick(Keys), Gen.Bool, (key, orResource) => (RecordField)new RecordField.OfRecord(key, orResource)),
        Gen.Select(Pick(Keys), Gen.Bool, (key, orResource) => (RecordField)new RecordField.OfRecord(key, orResource)),
        Pick(Keys).Select(key => (RecordField)new RecordField.OfResource(key)),
        Pick<RecordField>(
            new RecordField.Name(), new RecordField.Service(), new RecordField.ScopeName(), new RecordField.Status(), new RecordField.Kind(), new RecordField.DurationNanos(),
            new RecordField.Severity(), new RecordField.Body(), new RecordField.Session(), new RecordField.Trace(), new RecordField.Span(), new RecordField.Parent()));

    private static readonly Gen<AttributeValue> Literal = Gen.OneOf(
        Value, Value, Pick(AttributeValue.Of("goose"), AttributeValue.Of(Some.TraceId(1).ToString()), AttributeValue.Of("0000000000000001"), AttributeValue.Of(2L)));

    /// <summary>One of these, each as likely as the others.</summary>
    public static Gen<T> Pick<T>(params T[] among) => Gen.Int[0, among.Length - 1].Select(index => among[index]);

    /// <summary>Spans whose times are offsets from a clock.</summary>
    public static Gen<SpanRecord> SpanRecord { get; } = Gen.Select(
        Gen.Select(Offset, Gen.Long[0, 10_000_000_000], Trace, Span, Gen.OneOf(Gen.Const(default(SpanId)), Span)),
        Gen.Select(Text, Gen.Byte[0, 5], Gen.Byte[0, 2], Text, Gen.UInt),
        Gen.Select(Pick(Resources), Pick(Scopes), Attributes),
        Gen.Select(
            Gen.Select(Gen.Long, Text, Attributes, Gen.UInt, (time, name, attributes, dropped) => new EventRecord(time, name, attributes, dropped)).List[0, 2],
            Gen.Select(Trace, Span, Text, Attributes, Gen.UInt, (trace, span, state, attributes, flags) => new LinkRecord(trace, span, state, attributes, 1, flags)).List[0, 2]),
        (ids, texts, context, lists) => new SpanRecord
        {
            StartNanos = ids.Item1,
            EndNanos = ids.Item1 + ids.Item2,
            TraceId = ids.Item3,
            SpanId = ids.Item4,
            ParentSpanId = ids.Item5,
            Name = texts.Item1,
            Kind = texts.Item2,
            StatusCode = texts.Item3,
            StatusMessage = texts.Item4,
            TraceState = texts.Item4,
            Flags = texts.Item5,
            DroppedAttributes = texts.Item5,
            DroppedEvents = texts.Item2,
            DroppedLinks = texts.Item3,
            Resource = context.Item1,
            Scope = context.Item2,
            Attributes = context.Item3,
            Events = lists.Item1,
            Links = lists.Item2,
        });

    /// <summary>Log records whose times are offsets from a clock.</summary>
    public static Gen<LogRecord> LogRecord { get; } = Gen.Select(
        Gen.Select(Offset, Offset, Gen.Bool, Gen.OneOf(Gen.Const(default(TraceId)), Trace), Gen.OneOf(Gen.Const(default(SpanId)), Span)),
        Gen.Select(Text, Text, Gen.Byte[0, 24], Text, Gen.UInt),
        Gen.Select(Pick(Resources), Pick(Scopes), Attributes, Gen.Enum<AttributeKind>()),
        (ids, texts, context) => new LogRecord
        {
            TimeNanos = ids.Item3 ? ids.Item1 : 0,
            ObservedNanos = ids.Item2,
            TraceId = ids.Item4,
            SpanId = ids.Item5,
            Body = context.Item4 == AttributeKind.Empty ? "" : texts.Item1,
            BodyKind = context.Item4,
            EventName = texts.Item2,
            Severity = texts.Item3,
            SeverityText = texts.Item4,
            Flags = texts.Item5,
            DroppedAttributes = texts.Item5,
            Resource = context.Item1,
            Scope = context.Item2,
            Attributes = context.Item3,
        });

    /// <summary>Queries whose range is an offset from a clock.</summary>
    public static Gen<RecordQuery> Query { get; } = Gen.Select(
        Gen.Select(Offset, Gen.OneOf(Gen.Long[0, 10_000_000_000], Gen.Long[0, 40 * 86_400_000_000_000]), Gen.Bool),
        Gen.Select(Field, Gen.Enum<RecordOperator>(), Literal, (field, comparison, value) => new RecordCondition(field, comparison, value)).List[0, 3],
        Gen.Int[1, 20],
        Gen.Enum<RecordDetail>(),
        Gen.OneOf(Gen.Const((RecordCursor?)null), Gen.Select(Offset, Gen.Int[0, 3], (time, skip) => (RecordCursor?)new RecordCursor(time, skip))),
        (range, conditions, limit, detail, after) =>
            new RecordQuery(range.Item3 ? new TimeRange(range.Item1, range.Item1 + range.Item2) : TimeRange.All, conditions, limit, detail, after));
}
