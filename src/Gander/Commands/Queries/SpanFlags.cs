using System.CommandLine;
using System.Globalization;
using Gander.Hosting.Configuration;
using Gander.Prometheus.Parameters;

namespace Gander.Commands.Queries;

/// <summary>The flags that say for when a query is asked: one instant, or a range in steps.</summary>
internal sealed class SpanFlags
{
    private const int UsualSteps = 240;
    private const string Forms = "now-6h, 2026-11-22T14:00:00Z or Unix seconds";

    private readonly Option<string?> _time = new("--time") { Description = $"The instant (default: now); {Forms}", HelpName = "TIME" };
    private readonly Option<string?> _start = new("--start") { Description = "The start of a range", HelpName = "TIME" };
    private readonly Option<string?> _end = new("--end") { Description = "Its end (default: now)", HelpName = "TIME" };
    private readonly Option<string?> _step = new("--step") { Description = "The time between two points, such as 30s (default: what gives about 240)", HelpName = "DURATION" };

    public SpanFlags(Command command)
    {
        command.Add(_time);
        command.Add(_start);
        command.Add(_end);
        command.Add(_step);
    }

    /// <summary>The parameters of the request; times are resolved here, so that start and end mean the same now.</summary>
    /// <exception cref="ConfigurationException">A flag is wrong.</exception>
    public (bool IsRange, IReadOnlyList<KeyValuePair<string, string>> Values) Parameters(ParseResult parsed, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (parsed.GetValue(_start) is not { } startText)
        {
            return parsed.GetValue(_end) is null && parsed.GetValue(_step) is null
                ? (false, [new("time", Seconds(Time(_time, parsed.GetValue(_time) ?? "now", now)))])
                : throw new ConfigurationException("A range needs --start.");
        }

        var (start, end) = (Time(_start, startText, now), Time(_end, parsed.GetValue(_end) ?? "now", now));
        if (end < start)
        {
            throw new ConfigurationException("--end lies before --start.");
        }

        var step = Math.Max(1, (end - start) / UsualSteps / 1_000) * 1_000;
        if (parsed.GetValue(_step) is { } stepText && (!PrometheusTime.TryParseDuration(stepText, out step) || step <= 0))
        {
            throw new ConfigurationException($"--step is '{stepText}', but must be a duration such as 30s.");
        }

        return (true, [new("start", Seconds(start)), new("end", Seconds(end)), new("step", Seconds(step))]);
    }

    private static long Time(Option option, string text, long now) =>
        PrometheusTime.TryParse(text, now, out var millis) ? millis : throw new ConfigurationException($"{option.Name} is '{text}', but must be a time: {Forms}.");

    private static string Seconds(long millis) => (millis / 1000m).ToString(CultureInfo.InvariantCulture);
}
