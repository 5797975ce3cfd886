using System.Net;
using System.Text;

namespace Gander.Tests.Agent.Providers;

/// <summary>A network that answers every request the same way, and remembers the last one.</summary>
internal sealed class CannedHandler(int status, string body, string contentType = "application/json", params (string Name, string Value)[] headers) : HttpMessageHandler
{
    public Uri? Address { get; private set; }

    public string Body { get; private set; } = "";

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Address = request.RequestUri;
        Body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Headers.Clear();
        foreach (var (name, values) in request.Headers)
        {
            Headers[name] = string.Join(", ", values);
        }

        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType), RequestMessage = request };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
