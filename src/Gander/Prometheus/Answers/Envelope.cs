namespace Gander.Prometheus.Answers;

/// <summary>The envelope of every answer of Prometheus' API (its HTTP API, "Format overview").</summary>
internal static class Envelope
{
    /// <summary>Begins a good answer: what is written next is its data.</summary>
    public static void Begin(JsonBytes json) => json.Raw("{\"status\":\"success\",\"data\":"u8);

    /// <summary>Ends it.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="warnings">What makes the answer doubtful or incomplete.</param>
    /// <param name="infos">What may surprise.</param>
    public static void End(JsonBytes json, IReadOnlyList<string> warnings, IReadOnlyList<string> infos)
    {
        Notes(json, ",\"warnings\":"u8, warnings);
        Notes(json, ",\"infos\":"u8, infos);
        json.Raw((byte)'}');
    }

    /// <summary>Answers with an error; the response must not have started.</summary>
    public static async Task FailAsync(HttpContext context, PrometheusException error)
    {
        context.Response.StatusCode = error.Status;
        await using var body = new AnswerBody(context, context.RequestAborted);
        body.Json.Raw("{\"status\":\"error\",\"errorType\":"u8);
        body.Json.Text(error.Type);
        body.Json.Raw(",\"error\":"u8);
        body.Json.Text(error.Message);
        if (error.Position is { } position)
        {
            body.Json.Raw(",\"position\":["u8);
            body.Json.Whole(position.Start);
            body.Json.Raw((byte)',');
            body.Json.Whole(position.End);
            body.Json.Raw((byte)']');
        }

        body.Json.Raw((byte)'}');
        await body.CompleteAsync();
    }

    private static void Notes(JsonBytes json, ReadOnlySpan<byte> name, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            json.Raw(name);
            json.Texts(notes);
        }
    }
}
