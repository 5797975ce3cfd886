using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gander.EndToEnd.Harness;

/// <summary>The scripted model server that lies with the reference data, on a free port. It knows what it answered: the truth of a session.</summary>
internal sealed partial class FakeModel : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private FakeModel(ChildProcess process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public static async Task<FakeModel> StartAsync(CancellationToken cancellationToken)
    {
        var script = Prerequisite.SharedTool("fake-llm", "fake-llm.mjs");
        var process = ChildProcess.Start(Prerequisite.Node(), [script, "--port", "0"], new Dictionary<string, string>(), Path.GetTempPath());
        await process.WaitForOutputAsync(lines => lines.Any(line => Listening().IsMatch(line)), TimeSpan.FromSeconds(20), cancellationToken);
        return new FakeModel(process, new Uri(process.Output.Select(line => Listening().Match(line)).First(match => match.Success).Groups[1].Value));
    }

    /// <summary>The calls of the agent loop so far, in order; side calls (session titles) are left out, as agents export none.</summary>
    public async Task<IReadOnlyList<ModelCall>> CallsAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/_/requests", UriKind.Relative), cancellationToken));
        return [.. document.RootElement.EnumerateArray()
            .Where(call => call.GetProperty("scenario").GetString() != "side-call")
            .Select(ModelCall.Read)];
    }

    /// <summary>Forgets all calls.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken) => await _http.GetStringAsync(new Uri("/_/reset", UriKind.Relative), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"listening on (http://\S+)")]
    private static partial Regex Listening();
}
