using Gander.Prometheus.Answers;
using Gander.Prometheus.Parameters;

namespace Gander.Prometheus;

/// <summary>One request that passed the gate.</summary>
internal sealed class PrometheusRequest
{
    /// <summary>The request and response.</summary>
    public required HttpContext Context { get; init; }

    /// <summary>Its parameters.</summary>
    public required RequestParameters Parameters { get; init; }

    /// <summary>The time of the request, Unix milliseconds.</summary>
    public required long NowMillis { get; init; }

    /// <summary>How long it waited for a place.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>Ends with the deadline of the query or when the client is gone.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>A part of the path.</summary>
    public string PathValue(string name) => (string)Context.Request.RouteValues[name]!;

    /// <summary>Begins a good answer; <paramref name="write"/> writes its data.</summary>
    public async Task AnswerAsync(Action<JsonBytes> write, IReadOnlyList<string>? warnings = null)
    {
        await using var body = Begin();
        write(body.Json);
        Envelope.End(body.Json, warnings ?? [], []);
        await body.CompleteAsync();
    }

    /// <summary>Answers with a list whose entries go out while it is written.</summary>
    public async Task AnswerListAsync<T>(IReadOnlyList<T> entries, Action<JsonBytes, T> write, IReadOnlyList<string> warnings)
    {
        await using var body = Begin();
        body.Json.Raw((byte)'[');
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                body.Json.Raw((byte)',');
            }

            write(body.Json, entries[i]);
            await body.SendGatheredAsync();
        }

        body.Json.Raw((byte)']');
        Envelope.End(body.Json, warnings, []);
        await body.CompleteAsync();
    }

    /// <summary>Begins a good answer: what is written next is its data.</summary>
    public AnswerBody Begin()
    {
        var body = new AnswerBody(Context, CancellationToken);
        Envelope.Begin(body.Json);
        return body;
    }
}
