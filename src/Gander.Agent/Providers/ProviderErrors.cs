using System.Text.Json;

namespace Gander.Agent.Providers;

/// <summary>Turns whatever a client library throws into a <see cref="ProviderException"/>.</summary>
internal static class ProviderErrors
{
    private static readonly string[] ContextWords =
    [
        "context length", "context_length", "context window", "maximum context", "prompt is too long", "input is too long", "too many tokens", "exceeds the maximum number of tokens", "exceed context limit",
    ];

    /// <summary>The provider says that the conversation is too long.</summary>
    public static bool IsContextLength(string code, string message) =>
        code is "context_length_exceeded" or "string_above_max_length" ||
        ContextWords.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The failure of a call to <paramref name="provider"/>, or null where it is none of the provider's doing.</summary>
    public static ProviderException? From(Exception exception, string provider)
    {
        for (Exception? e = exception; e is not null; e = e is AggregateException { InnerExceptions: [var first, ..] } ? first : e.InnerException)
        {
            switch (e)
            {
                case ProviderException known:
                    return known;
                case HttpRequestException or IOException or TimeoutException or System.Net.Sockets.SocketException:
                    return new ProviderException(ProviderErrorKind.Network, $"The connection to {provider} broke: {e.Message}", inner: exception);
                case OperationCanceledException:
                    return null;
                case JsonException or FormatException:
                    return new ProviderException(ProviderErrorKind.Server, $"{provider} sent an answer that cannot be read: {e.Message}", inner: exception);
            }
        }

        // Errors that come within a stream have types of the client libraries; their text is all that is common to them.
        var text = exception.Message.Length > 2_000 ? exception.Message[..2_000] + "…" : exception.Message;
        return new ProviderException(
            IsContextLength("", text) ? ProviderErrorKind.ContextLength : ProviderErrorKind.Server,
            $"{provider} failed while answering: {text}",
            inner: exception);
    }
}
