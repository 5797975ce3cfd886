using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Agent.Telemetry;

namespace Gander.Agent.Providers;

/// <summary>
/// Speaks to a provider: puts the labels on requests, waits for an answer no longer than the limit, and turns every failure into a
/// <see cref="ProviderException"/> before a client library can hide what the provider said.
/// </summary>
internal sealed class ProviderHttpHandler(HttpMessageHandler inner, ProviderEndpoint endpoint, RequestLabel label, TimeProvider time) : DelegatingHandler(inner)
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int MaxMessageLength = 2_000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Prepare(request.Headers);
        using var limit = new CancellationTokenSource(endpoint.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await base.SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await RefusalAsync(response, either.Token);
            }
        }
        catch (HttpRequestException e)
        {
            throw new ProviderException(ProviderErrorKind.Network, $"{endpoint.Name} at {endpoint.Address} was not reached: {Innermost(e)}", inner: e);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderErrorKind.Network, $"{endpoint.Name} at {endpoint.Address} did not answer within {endpoint.Timeout.TotalSeconds:0} s.", inner: e);
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message;
    }

    private void Prepare(HttpRequestHeaders headers)
    {
        if (label.SessionId is { } session)
        {
            headers.TryAddWithoutValidation("agent-session-id", session);
        }

        if (AgentTelemetry.CurrentTraceParent is { } traceParent)
        {
            headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        if (!endpoint.HasKey)
        {
            // The client libraries insist on a key; a server on this machine may refuse a made-up one.
            headers.Authorization = null;
            headers.Remove("x-api-key");
        }

        foreach (var (name, value) in endpoint.Headers)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<ProviderException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (message, code) = Explain(await ReadAsync(response, cancellationToken));
        var kind = Classify(status, code, message);
        var hint = kind switch
        {
            ProviderErrorKind.Auth => endpoint.HasKey ? $" Check {endpoint.KeyName}." : $" Set {endpoint.KeyName}.",
            ProviderErrorKind.Request when status == 404 => $" Check the model's name and {endpoint.HostName}.",
            _ => "",
        };
        var said = message.Length == 0 ? "." : $": {(message.EndsWith('.') ? message : message + ".")}";
        return new ProviderException(kind, $"{endpoint.Name} at {endpoint.Address} answered {status} {Phrase(response)}{said}{hint}", status, RetryAfter(response.Headers));
    }

    private static string Phrase(HttpResponseMessage response) => response.ReasonPhrase is { Length: > 0 } phrase ? phrase : response.StatusCode.ToString();

    private static ProviderErrorKind Classify(int status, string code, string message) => status switch
    {
        401 or 403 => ProviderErrorKind.Auth,
        408 => ProviderErrorKind.Network,
        429 => ProviderErrorKind.RateLimit,
        413 => ProviderErrorKind.ContextLength,
        >= 500 => ProviderErrorKind.Server,
        400 or 422 when ProviderErrors.IsContextLength(code, message) => ProviderErrorKind.ContextLength,
        _ => ProviderErrorKind.Request,
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxErrorBytes];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return bytes.AsMemory(0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return default;
        }
    }

    // {"error":{"message","code","type"}}, {"error":"text"}, {"message":"text"} and {"detail":"text"} are all in use.
    private static (string Message, string Code) Explain(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return ("", "");
            }

            if (root.TryGetProperty("error", out var error))
            {
                return error.ValueKind == JsonValueKind.Object ? (Text(error, "message"), Text(error, "code") is { Length: > 0 } code ? code : Text(error, "type")) : (Shorten(error.ToString()), "");
            }

            return (Text(root, "message") is { Length: > 0 } message ? message : Text(root, "detail"), Text(root, "code"));
        }
        catch (JsonException)
        {
            // A proxy's page of HTML says nothing to a person.
            return ("", "");
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Shorten(value.GetString()!) : "";

    private static string Shorten(string text) => text.Length <= MaxMessageLength ? text : text[..MaxMessageLength] + "…";

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("retry-after-ms", out var values) &&
            double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 1e9)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
            _ => null,
        };
    }
}
