using System.Text.Json;
using Gander.Api.Search;
using Gander.Telemetry;

namespace Gander.Api.Traces;

/// <summary>Writes the traces of a search as the API's <c>TraceHit</c> schema describes them.</summary>
internal static class TraceJson
{
    /// <summary>One trace with the newest of its spans that matched.</summary>
    public static void Write(Utf8JsonWriter json, TraceHit hit)
    {
        var summary = hit.Summary!;
        json.WriteStartObject();
        json.WriteId("traceId", summary.TraceId);
        json.WriteText("rootName", summary.RootName);
        json.WriteText("rootService", summary.RootService);
        json.WriteTime("start", summary.StartNanos);
        json.WriteMillis("durationMs", summary.EndNanos - summary.StartNanos);
        json.WriteNumber("spanCount", summary.Spans);
        json.WriteNumber("errorCount", summary.Errors);
        json.WritePropertyName("matched");
        WriteSpan(json, hit.Batch, hit.Row);
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, SpanBatch batch, int row)
    {
        json.WriteStartObject();
        json.WriteId("spanId", batch.SpanIds[row]);
        json.WriteId("parentSpanId", batch.ParentSpanIds[row]);
        json.WriteString("name", batch.Text[batch.Names[row]]);
        json.WriteString("service", batch.Resources[batch.ResourceIndexes[row]].ServiceName);
        json.WriteString("kind", SearchField.KindName(batch.Kinds[row]));
        json.WriteTime("start", batch.StartNanos[row]);
        json.WriteMillis("durationMs", batch.EndNanos[row] - batch.StartNanos[row]);
        json.WriteString("status", SearchField.StatusName(batch.StatusCodes[row]));
        json.WriteText("statusMessage", batch.Text, batch.StatusMessages[row]);
        AttributeJson.Write(json, "attributes", batch, batch.AttributeRanges[row]);
        json.WriteEndObject();
    }
}
