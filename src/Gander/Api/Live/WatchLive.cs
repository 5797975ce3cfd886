using System.Buffers;
using System.Text.Json;
using Gander.Api.Status;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Gander.Api.Live;

/// <summary><c>GET /api/live</c>: tells a page what arrives, as server-sent events, until the page or the server goes.</summary>
internal sealed class WatchLive(LiveFeed feed, IOptions<ApiOptions> options, TimeProvider time, IHostApplicationLifetime lifetime) : ApiEndpoint
{
    // Keeps proxies from closing a quiet connection, and finds clients that left without a word.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public override string Path => "/api/live";

    public override string Summary => "Server-sent events: who sends, whose requests fail, and which sessions change.";

    public override string Description =>
        "Open one connection a page: browsers allow few to one server. Events are gathered over an interval of about a second.";

    public override IReadOnlyList<ApiParameter> Parameters => [];

    public override string ResponseSchema => "LiveEvent";

    public override string MediaType => "text/event-stream";

    public override bool Ends => false;

    public override async Task AnswerAsync(ApiRequest request)
    {
        request.FinishParameters();
        if (!feed.TryEnter())
        {
            request.Context.Response.Headers.RetryAfter = "5";
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "busy", "Too many live connections are open; close a page or raise api.maxLiveConnections");
        }

        try
        {
            if (!HttpMethods.IsHead(request.Context.Request.Method))
            {
                await TellAsync(request);
            }
        }
        finally
        {
            feed.Leave();
        }
    }

    private async Task TellAsync(ApiRequest request)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.CancellationToken, lifetime.ApplicationStopping);
        var response = request.Context.Response;
        request.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = MediaType;
        try
        {
            var before = await feed.LookAsync(end.Token);
            await response.Body.WriteAsync("retry: 3000\n"u8.ToArray(), end.Token);
            await SendAsync(response, "emitters", json => WriteStart(json, before), end.Token);
            await WatchAsync(response, before, end.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The stream ends; the page opens it again when there is a server.
        }
    }

    private async Task WatchAsync(HttpResponse response, LiveState before, CancellationToken cancellationToken)
    {
        for (var told = time.GetTimestamp(); ;)
        {
            await Task.Delay(options.Value.LiveInterval, time, cancellationToken);
            var state = await feed.LookAsync(cancellationToken);
            foreach (var emitter in state.EmittersSince(before))
            {
                await SendAsync(response, "exports", json => StatusJson.WriteEmitter(json, emitter), cancellationToken);
                told = time.GetTimestamp();
            }

            if (state.FailedSince(before))
            {
                await SendAsync(response, "failures", json => WriteFailures(json, state), cancellationToken);
                told = time.GetTimestamp();
            }

            if (state.SessionsSince(before) is { Count: > 0 } keys)
            {
                await SendAsync(response, "sessions", json => WriteKeys(json, keys), cancellationToken);
                told = time.GetTimestamp();
            }

            before = state;
            if (time.GetElapsedTime(told) >= Heartbeat)
            {
                await response.Body.WriteAsync(": alive\n\n"u8.ToArray(), cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                told = time.GetTimestamp();
            }
        }
    }

    private static async Task SendAsync(HttpResponse response, string name, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write("event: "u8);
        text.Write(System.Text.Encoding.ASCII.GetBytes(name));
        text.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(text))
        {
            write(json);
        }

        // JSON without indentation has no line breaks, which would end the data early.
        text.Write("\n\n"u8);
        await response.Body.WriteAsync(text.WrittenMemory, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private void WriteStart(Utf8JsonWriter json, LiveState state)
    {
        json.WriteStartObject();
        json.WriteTime("now", (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        StatusJson.WriteEmitters(json, state.Emitters);
        StatusJson.WriteFailures(json, state.Failures);
        json.WriteEndObject();
    }

    private static void WriteFailures(Utf8JsonWriter json, LiveState state)
    {
        json.WriteStartObject();
        StatusJson.WriteFailures(json, state.Failures);
        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, IReadOnlyList<string> keys)
    {
        json.WriteStartObject();
        json.WriteTexts("keys", keys);
        json.WriteEndObject();
    }
}
