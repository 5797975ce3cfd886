using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Writes batches as OTLP/JSON (<c>TracesData</c>, <c>LogsData</c>): grouped by resource and scope, each written once, records in
/// the order of the batch within them; members that have their default are left out. Decoding the text gives equal records.
/// </summary>
public static class OtlpJsonWriter
{
    /// <summary>Writes <c>{"resourceSpans":[…]}</c>; where spans are missing also <c>missingSpans</c>, which readers of OTLP ignore.</summary>
    public static void Write(Utf8JsonWriter json, SpanBatch batch, long missing = 0)
    {
        var rows = new Grouping(batch, batch.ResourceIndexes.Values, batch.ScopeIndexes.Values);
        WriteGroups(json, batch, rows, "resourceSpans"u8, "scopeSpans"u8, "spans"u8, static (writer, spans, row) => WriteSpan(writer, (SpanBatch)spans, row));
        if (missing > 0)
        {
            json.WriteNumber("missingSpans"u8, missing);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"resourceLogs":[…]}</c>.</summary>
    public static void Write(Utf8JsonWriter json, LogBatch batch)
    {
        var rows = new Grouping(batch, batch.ResourceIndexes.Values, batch.ScopeIndexes.Values);
        WriteGroups(json, batch, rows, "resourceLogs"u8, "scopeLogs"u8, "logRecords"u8, static (writer, logs, row) => WriteRecord(writer, (LogBatch)logs, row));
        json.WriteEndObject();
    }

    // Leaves the object open, for what else belongs to it.
    private static void WriteGroups(
        Utf8JsonWriter json,
        TelemetryBatch batch,
        Grouping rows,
        ReadOnlySpan<byte> outerName,
        ReadOnlySpan<byte> innerName,
        ReadOnlySpan<byte> recordsName,
        Action<Utf8JsonWriter, TelemetryBatch, int> write)
    {
        json.WriteStartObject();
        json.WriteStartArray(outerName);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.StartsResource(i))
            {
                json.WriteStartObject();
                WriteResource(json, rows.ResourceAt(batch, i));
                json.WriteStartArray(innerName);
            }

            if (rows.StartsScope(i))
            {
                json.WriteStartObject();
                WriteScope(json, rows.ScopeAt(batch, i));
                json.WriteStartArray(recordsName);
            }

            json.WriteStartObject();
            write(json, batch, rows.RowAt(i));
            json.WriteEndObject();
            if (i + 1 == rows.Count || rows.StartsScope(i + 1))
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }

            if (i + 1 == rows.Count || rows.StartsResource(i + 1))
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteResource(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject("resource"u8);
        WriteAttributes(json, resource.Attributes);
        WriteCount(json, "droppedAttributesCount"u8, resource.DroppedAttributes);
        json.WriteEndObject();
        WriteText(json, "schemaUrl"u8, resource.SchemaUrl);
    }

    private static void WriteScope(Utf8JsonWriter json, InstrumentationScope scope)
    {
        json.WriteStartObject("scope"u8);
        WriteText(json, "name"u8, scope.Name);
        WriteText(json, "version"u8, scope.Version);
        WriteAttributes(json, scope.Attributes);
        WriteCount(json, "droppedAttributesCount"u8, scope.DroppedAttributes);
        json.WriteEndObject();
        WriteText(json, "schemaUrl"u8, scope.SchemaUrl);
    }

    private static void WriteSpan(Utf8JsonWriter json, SpanBatch batch, int row)
    {
        WriteId(json, "traceId"u8, batch.TraceIds[row]);
        WriteId(json, "spanId"u8, batch.SpanIds[row]);
        WriteText(json, batch, "traceState"u8, batch.TraceStates[row]);
        WriteId(json, "parentSpanId"u8, batch.ParentSpanIds[row]);
        WriteCount(json, "flags"u8, batch.Flags[row]);
        WriteText(json, batch, "name"u8, batch.Names[row]);
        WriteCount(json, "kind"u8, batch.Kinds[row]);
        WriteNanos(json, "startTimeUnixNano"u8, batch.StartNanos[row]);
        WriteNanos(json, "endTimeUnixNano"u8, batch.EndNanos[row]);
        WriteAttributes(json, batch, "attributes"u8, batch.AttributeRanges[row]);
        WriteCount(json, "droppedAttributesCount"u8, batch.DroppedAttributes[row]);
        WriteEvents(json, batch, batch.EventRanges[row]);
        WriteCount(json, "droppedEventsCount"u8, batch.DroppedEvents[row]);
        WriteLinks(json, batch, batch.LinkRanges[row]);
        WriteCount(json, "droppedLinksCount"u8, batch.DroppedLinks[row]);
        if (batch.StatusCodes[row] != 0 || !batch.StatusMessages[row].IsEmpty)
        {
            json.WriteStartObject("status"u8);
            WriteText(json, batch, "message"u8, batch.StatusMessages[row]);
            WriteCount(json, "code"u8, batch.StatusCodes[row]);
            json.WriteEndObject();
        }
    }

    private static void WriteEvents(Utf8JsonWriter json, SpanBatch batch, RowRange range)
    {
        if (range.Count == 0)
        {
            return;
        }

        json.WriteStartArray("events"u8);
        foreach (ref readonly var happened in batch.Events.Values[range.Start..range.End])
        {
            json.WriteStartObject();
            WriteNanos(json, "timeUnixNano"u8, happened.TimeNanos);
            WriteText(json, batch, "name"u8, happened.Name);
            WriteAttributes(json, batch, "attributes"u8, happened.Attributes);
            WriteCount(json, "droppedAttributesCount"u8, happened.DroppedAttributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, SpanBatch batch, RowRange range)
    {
        if (range.Count == 0)
        {
            return;
        }

        json.WriteStartArray("links"u8);
        foreach (ref readonly var link in batch.Links.Values[range.Start..range.End])
        {
            json.WriteStartObject();
            WriteId(json, "traceId"u8, link.TraceId);
            WriteId(json, "spanId"u8, link.SpanId);
            WriteText(json, batch, "traceState"u8, link.TraceState);
            WriteAttributes(json, batch, "attributes"u8, link.Attributes);
            WriteCount(json, "droppedAttributesCount"u8, link.DroppedAttributes);
            WriteCount(json, "flags"u8, link.Flags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, LogBatch batch, int row)
    {
        WriteNanos(json, "timeUnixNano"u8, batch.TimeNanos[row]);
        WriteNanos(json, "observedTimeUnixNano"u8, batch.ObservedNanos[row]);
        WriteCount(json, "severityNumber"u8, batch.Severities[row]);
        WriteText(json, batch, "severityText"u8, batch.SeverityTexts[row]);
        if (batch.BodyKinds[row] != AttributeKind.Empty)
        {
            json.WriteStartObject("body"u8);
            WriteMember(json, batch.BodyKinds[row], ParseScalar(batch.BodyKinds[row], batch.Text[batch.Bodies[row]]), batch.Text[batch.Bodies[row]]);
            json.WriteEndObject();
        }

        WriteAttributes(json, batch, "attributes"u8, batch.AttributeRanges[row]);
        WriteCount(json, "droppedAttributesCount"u8, batch.DroppedAttributes[row]);
        WriteCount(json, "flags"u8, batch.Flags[row]);
        WriteId(json, "traceId"u8, batch.TraceIds[row]);
        WriteId(json, "spanId"u8, batch.SpanIds[row]);
        WriteText(json, batch, "eventName"u8, batch.EventNames[row]);
    }

    // Bodies are kept as text, whatever their kind.
    private static long ParseScalar(AttributeKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        AttributeKind.Int => long.Parse(text, CultureInfo.InvariantCulture),
        AttributeKind.Double => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)),
        AttributeKind.Bool => text.SequenceEqual("true"u8) ? 1 : 0,
        _ => 0,
    };

    private static void WriteAttributes(Utf8JsonWriter json, TelemetryBatch batch, ReadOnlySpan<byte> name, RowRange range)
    {
        if (range.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        var columns = batch.Attributes;
        for (var row = range.Start; row < range.End; row++)
        {
            json.WriteStartObject();
            json.WritePropertyName("key"u8);
            ValueText.WriteString(json, batch.Text[columns.Keys[row]]);
            json.WriteStartObject("value"u8);
            WriteMember(json, columns.Kinds[row], columns.Bits[row], batch.Text[columns.Texts[row]]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("attributes"u8);
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteStartObject("value"u8);
            WriteMember(json, value.Kind, value.Bits, Encoding.UTF8.GetBytes(value.Text));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, AttributeKind kind, long bits, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case AttributeKind.String:
                json.WritePropertyName("stringValue"u8);
                ValueText.WriteString(json, text);
                break;
            case AttributeKind.Bytes:
                json.WriteString("bytesValue"u8, text);
                break;
            case AttributeKind.Array or AttributeKind.Map:
                json.WriteStartObject(kind == AttributeKind.Array ? "arrayValue"u8 : "kvlistValue"u8);
                json.WritePropertyName("values"u8);
                // Written by the decoders, or by a store that kept it as it was.
                json.WriteRawValue(text.IsEmpty ? "[]"u8 : text, skipInputValidation: true);
                json.WriteEndObject();
                break;
            default:
                ValueText.WriteScalar(json, kind, bits);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter json, TelemetryBatch batch, ReadOnlySpan<byte> name, TextRef text)
    {
        if (!text.IsEmpty)
        {
            json.WritePropertyName(name);
            ValueText.WriteString(json, batch.Text[text]);
        }
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> name, uint value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteNanos(Utf8JsonWriter json, ReadOnlySpan<byte> name, long nanos)
    {
        if (nanos != 0)
        {
            json.WritePropertyName(name);
            ValueText.WriteInt64(json, nanos);
        }
    }

    private static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, TraceId id)
    {
        if (!id.IsEmpty)
        {
            json.WriteString(name, id.ToString());
        }
    }

    private static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, SpanId id)
    {
        if (!id.IsEmpty)
        {
            json.WriteString(name, id.ToString());
        }
    }

    /// <summary>The rows of a batch ordered by resource and scope, each in the order of its first record.</summary>
    private sealed class Grouping
    {
        private readonly int[] _rows;
        private readonly (int Resource, int Scope)[] _keys;

        public Grouping(TelemetryBatch batch, ReadOnlySpan<int> resourceIndexes, ReadOnlySpan<int> scopeIndexes)
        {
            var resources = new Dictionary<ulong, int>();
            var scopes = new Dictionary<ulong, int>();
            _rows = new int[batch.Count];
            _keys = new (int, int)[batch.Count];
            for (var row = 0; row < _rows.Length; row++)
            {
                _rows[row] = row;
                _keys[row] = (Rank(resources, batch.Resources[resourceIndexes[row]].Id), Rank(scopes, batch.Scopes[scopeIndexes[row]].Id));
            }

            var byRow = _keys.ToArray();
            Array.Sort(_rows, (x, y) => byRow[x] == byRow[y] ? x.CompareTo(y) : byRow[x].CompareTo(byRow[y]));
            for (var i = 0; i < _rows.Length; i++)
            {
                _keys[i] = byRow[_rows[i]];
            }

            (ResourceIndexes, ScopeIndexes) = (resourceIndexes.ToArray(), scopeIndexes.ToArray());
        }

        public int Count => _rows.Length;

        private int[] ResourceIndexes { get; }

        private int[] ScopeIndexes { get; }

        public int RowAt(int i) => _rows[i];

        public Resource ResourceAt(TelemetryBatch batch, int i) => batch.Resources[ResourceIndexes[_rows[i]]];

        public InstrumentationScope ScopeAt(TelemetryBatch batch, int i) => batch.Scopes[ScopeIndexes[_rows[i]]];

        public bool StartsResource(int i) => i == 0 || _keys[i].Resource != _keys[i - 1].Resource;

        public bool StartsScope(int i) => i == 0 || _keys[i] != _keys[i - 1];

        private static int Rank(Dictionary<ulong, int> ranks, ulong id)
        {
            if (!ranks.TryGetValue(id, out var rank))
            {
                rank = ranks.Count;
                ranks.Add(id, rank);
            }

            return rank;
        }
    }
}
