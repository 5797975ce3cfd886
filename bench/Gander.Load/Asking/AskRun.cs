using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Load.Generation;
using Gander.Load.Measuring;

namespace Gander.Load.Asking;

/// <summary>
/// Asks a server what people ask of it, one question after the other, and measures how long answers take. What is asked about
/// is taken at random from what the server has stored. Run it once.
/// </summary>
public sealed class AskRun(AskOptions options, TimeProvider time, IProgress<LoadProgress>? progress = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    /// <summary>Samples, asks, and reports.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refused a question.</exception>
    public async Task<AskReport> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var sample = await SampleAsync(cancellationToken);
        var questions = sample.Questions.Where(question => options.Only is not { } only || question.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        var figures = new List<QuestionFigures>();
        foreach (var question in questions)
        {
            progress?.Report(new LoadProgress(LoadPhase.Asking, (double)figures.Count / questions.Count, 0));
            figures.Add(await AskAsync(question, cancellationToken));
        }

        var status = await StatusAsync(cancellationToken);
        return new AskReport(status["traces"].Records, status["logs"].Records, figures);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<QuestionFigures> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var server = new ServerProbe(options.ServerProcess, dataDirectory: null);
        server.Begin();
        var milliseconds = new List<double>();
        var bytes = 0L;
        for (var index = 0; index < options.Count; index++)
        {
            if (question.PathOf(index) is not { } path)
            {
                break;
            }

            var started = time.GetTimestamp();
            bytes += (await GetAsync(path, cancellationToken)).Length;
            milliseconds.Add(time.GetElapsedTime(started).TotalMilliseconds);
        }

        var asked = milliseconds.Count;
        return new QuestionFigures(question.Name, asked, Latency.Of(milliseconds), asked == 0 ? 0 : (double)bytes / asked, server.End().CpuSeconds * 1_000 / Math.Max(1, asked));
    }

    private async Task<StoredSample> SampleAsync(CancellationToken cancellationToken)
    {
        progress?.Report(new LoadProgress(LoadPhase.Building, 0, 0));
        var status = await StatusAsync(cancellationToken);
        var (_, oldest, newest) = status["traces"];
        var random = new SplitMix((ulong)options.Seed);
        var (traces, sessions, services) = (new List<string>(), new List<string>(), new List<string>());
        for (var index = 0; index < options.Count && oldest is { } first && newest is { } last; index++)
        {
            using (var found = await GetJsonAsync($"api/traces?limit=1&end={Text(Somewhere(first, last, random))}&start={Text(first)}", cancellationToken))
            {
                foreach (var trace in found.RootElement.GetProperty("traces").EnumerateArray())
                {
                    traces.Add(trace.GetProperty("traceId").GetString()!);
                    services.Add(Uri.EscapeDataString(trace.GetProperty("matched").GetProperty("service").GetString()!));
                }
            }

            using var listed = await GetJsonAsync($"api/sessions?limit=1&end={Text(Somewhere(first, last, random))}", cancellationToken);
            sessions.AddRange(listed.RootElement.GetProperty("sessions").EnumerateArray().Select(session => Uri.EscapeDataString(session.GetProperty("key").GetString()!)));
        }

        return new StoredSample(traces, sessions, services, HourBefore(newest), HourBefore(status["logs"].Newest));
    }

    private async Task<Dictionary<string, (long Records, DateTimeOffset? Oldest, DateTimeOffset? Newest)>> StatusAsync(CancellationToken cancellationToken)
    {
        using var status = await GetJsonAsync("api/status", cancellationToken);
        return status.RootElement.GetProperty("store").GetProperty("signals").EnumerateArray().ToDictionary(
            signal => signal.GetProperty("signal").GetString()!,
            signal => (signal.GetProperty("records").GetInt64(), Time(signal, "oldest"), Time(signal, "newest")));
    }

    private async Task<JsonDocument> GetJsonAsync(string path, CancellationToken cancellationToken) => JsonDocument.Parse(await GetAsync(path, cancellationToken));

    private async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(options.Endpoint, path), cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);

        // Retention may have taken what was sampled a moment before.
        return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound
            ? body
            : throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"The server answered {(int)response.StatusCode} to /{path}: {System.Text.Encoding.UTF8.GetString(body)}"));
    }

    private static DateTimeOffset? Time(JsonElement signal, string name) =>
        signal.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;

    private static DateTimeOffset Somewhere(DateTimeOffset first, DateTimeOffset last, SplitMix random) => first + ((last - first) * random.Fraction());

    private static string HourBefore(DateTimeOffset? newest) => Text((newest ?? DateTimeOffset.UnixEpoch.AddHours(1)).AddHours(-1));

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
