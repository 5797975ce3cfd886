using System.Text.Json;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Web.Records;

/// <summary>
/// <c>GET /ui/traces/{traceId}</c>: what the waterfall draws of a trace, in columns, without content. Times are milliseconds
/// after the trace's start, which is given in Unix nanoseconds.
/// </summary>
internal static class TraceColumnsEndpoint
{
    /// <summary>More spans are not drawn; the answer says how many there are.</summary>
    public const int MaxSpans = 10_000;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/ui/traces/{traceId}", AnswerAsync).ExcludeFromDescription();

    private static async Task AnswerAsync(string traceId, ITelemetryStore store, ISessionSource sessions, HttpContext context)
    {
        if (!TraceId.TryParse(traceId, out var id))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var batch = await store.Spans.ReadTraceAsync(id, near: null, context.RequestAborted);
        var session = await SessionOfAsync(batch, sessions, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        Write(json, batch, id, session, batch.Count + batch.LeftOut);
    }

    private static async Task<string?> SessionOfAsync(SpanBatch batch, ISessionSource sessions, CancellationToken cancellationToken)
    {
        for (var row = 0; row < Math.Min(batch.Count, MaxSpans); row++)
        {
            var attributes = batch.AttributeRanges[row];
            var sessionId = batch.SessionId(attributes);
            if (sessionId is not null)
            {
                var near = new TimeRange(batch.StartNanos[row], Math.Max(batch.StartNanos[row] + 1, batch.EndNanos[row]));
                return await SessionFinder.FindAsync(sessions, sessionId, batch.Resources[batch.ResourceIndexes[row]], near, cancellationToken);
            }
        }

        return null;
    }

    private static void Write(Utf8JsonWriter json, SpanBatch batch, TraceId id, string? session, long total)
    {
        var count = Math.Min(batch.Count, MaxSpans);
        var start = count == 0 ? 0 : batch.StartNanos[0];
        json.WriteStartObject();
        json.WriteString("traceId", id.ToString());
        json.WriteString("session", session);
        json.WriteString("startNanos", start.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("total", total);
        json.WriteStartArray("services");
        foreach (var resource in batch.Resources)
        {
            json.WriteStringValue(resource.ServiceName);
        }

        json.WriteEndArray();
        Column(json, "id", count, row => json.WriteStringValue(batch.SpanIds[row].ToString()));
        Column(json, "parent", count, row => json.WriteStringValue(batch.ParentSpanIds[row].IsEmpty ? "" : batch.ParentSpanIds[row].ToString()));
        Column(json, "name", count, row => json.WriteStringValue(batch.Text[batch.Names[row]]));
        Column(json, "at", count, row => json.WriteNumberValue((batch.StartNanos[row] - start) / 1e6));
        Column(json, "length", count, row => json.WriteNumberValue((batch.EndNanos[row] - batch.StartNanos[row]) / 1e6));
        Column(json, "service", count, row => json.WriteNumberValue(batch.ResourceIndexes[row]));
        var looks = new SpanLook[count];
        for (var row = 0; row < count; row++)
        {
            looks[row] = SpanLook.Of(batch, row);
        }

        Column(json, "look", count, row => json.WriteStringValue(looks[row].Look));
        Column(json, "detail", count, row => json.WriteStringValue(looks[row].Detail));
        Column(json, "failed", count, row => json.WriteBooleanValue(looks[row].Failed));
        Column(json, "tokens", count, row => json.WriteStringValue(looks[row].Look == "model" ? Tokens(batch, row) : ""));
        json.WriteEndObject();
    }

    // Only of model calls: a turn's figure is their sum and would count them twice.
    private static string Tokens(SpanBatch batch, int row)
    {
        var attributes = batch.AttributeRanges[row];
        return long.TryParse(batch.Attribute(attributes, AttributeKeys.InputTokens), out var input) && long.TryParse(batch.Attribute(attributes, AttributeKeys.OutputTokens), out var output)
            ? $"{Figures.Count(input)} → {Figures.Count(output)}"
            : "";
    }

    private static void Column(Utf8JsonWriter json, string name, int count, Action<int> write)
    {
        json.WriteStartArray(name);
        for (var row = 0; row < count; row++)
        {
            write(row);
        }

        json.WriteEndArray();
    }
}
