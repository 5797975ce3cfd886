using System.Text;
using System.Text.Json;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Logs;

/// <summary>Writes log records as the API's <c>LogRecord</c> schema describes them.</summary>
internal static class LogJson
{
    // The longest preview; one that ends in the middle of a character is up to three bytes shorter.
    private const int PreviewBytes = 256;
    private const int LongestCharacter = 4;

    /// <summary>One record.</summary>
    public static void Write(Utf8JsonWriter json, LogBatch batch, int row, RecordDetail detail, bool withResource)
    {
        var resource = batch.Resources[batch.ResourceIndexes[row]];
        var body = batch.Bodies[row];
        json.WriteStartObject();
        json.WriteTime("time", batch.EffectiveNanos(row));
        json.WriteTime("eventTime", batch.TimeNanos[row] == 0 ? null : batch.TimeNanos[row]);
        json.WriteTime("observedTime", batch.ObservedNanos[row] == 0 ? null : batch.ObservedNanos[row]);
        json.WriteNumber("severity", batch.Severities[row]);
        json.WriteText("severityText", batch.Text, batch.SeverityTexts[row]);
        json.WriteText("eventName", batch.Text, batch.EventNames[row]);
        json.WritePropertyName("body");
        WriteBody(json, batch, row, detail);
        json.WriteBoolean("bodyMayBeCut", detail != RecordDetail.Everything && body.Length > PreviewBytes - LongestCharacter);
        json.WriteString("service", resource.ServiceName);
        json.WriteString("scope", batch.Scopes[batch.ScopeIndexes[row]].Name);
        json.WriteText("sessionId", SessionId(batch, row));
        json.WriteId("traceId", batch.TraceIds[row]);
        json.WriteId("spanId", batch.SpanIds[row]);
        AttributeJson.Write(json, "attributes", batch, batch.AttributeRanges[row]);
        if (withResource)
        {
            AttributeJson.Write(json, "resource", resource.Attributes);
        }

        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, LogBatch batch, int row, RecordDetail detail)
    {
        var kind = batch.BodyKinds[row];
        var text = batch.Text[batch.Bodies[row]];
        if (kind == AttributeKind.Empty)
        {
            json.WriteNullValue();
        }
        else if (kind is AttributeKind.Array or AttributeKind.Map && detail == RecordDetail.Everything)
        {
            AttributeJson.WriteValue(json, kind, 0, text);
        }
        else
        {
            // Scalars are held as their text, and half of a map is text too.
            json.WriteStringValue(text);
        }
    }

    private static string? SessionId(LogBatch batch, int row) =>
        TextOf(batch, row, AttributeKeys.SessionId) ?? TextOf(batch, row, AttributeKeys.ConversationId) ?? TextOf(batch, row, AttributeKeys.PlainConversationId);

    private static string? TextOf(LogBatch batch, int row, string key)
    {
        var (attributes, range) = (batch.Attributes, batch.AttributeRanges[row]);
        for (var at = range.End - 1; at >= range.Start; at--)
        {
            if (attributes.Kinds[at] == AttributeKind.String && Ascii.Equals(batch.Text[attributes.Keys[at]], key))
            {
                return attributes.Texts[at].IsEmpty ? null : batch.Text.ToString(attributes.Texts[at]);
            }
        }

        return null;
    }
}
