using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Telemetry;

namespace Gander.Web;

/// <summary>
/// The time range of a page as its address has it. A relative range such as <c>now-6h</c> stays relative in every link, so
/// that a bookmark follows the clock; <see cref="Range"/> is what it means at the moment the page is made.
/// </summary>
public sealed partial record TimeWindow
{
    /// <summary>Where a page starts that names no range.</summary>
    public const string DefaultFrom = "now-24h";

    private const long NanosPerTick = 100;

    /// <summary>The ranges the picker offers, shortest first.</summary>
    public static IReadOnlyList<(string From, string Label)> Presets { get; } =
    [
        ("now-15m", "Last 15 minutes"), ("now-1h", "Last hour"), ("now-6h", "Last 6 hours"), ("now-24h", "Last 24 hours"),
        ("now-7d", "Last 7 days"), ("now-30d", "Last 30 days"), ("now-90d", "Last 90 days"),
    ];

    /// <summary>The start as the address has it.</summary>
    public required string From { get; init; }

    /// <summary>The end as the address has it.</summary>
    public required string To { get; init; }

    /// <summary>What both mean now.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>What was wrong with the address, for the person to read; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether this is the range of an address that names none.</summary>
    public bool IsDefault => From == DefaultFrom && To == "now";

    /// <summary>How the picker's button names it.</summary>
    public string Label =>
        To == "now" && Presets.FirstOrDefault(preset => preset.From == From).Label is { } known ? known
        : To == "now" && From.StartsWith("now-", StringComparison.Ordinal) ? $"Last {From[4..]}"
        : $"{Short(From)} – {Short(To)}";

    /// <summary>Reads a range; where it cannot, it takes the default and says why in <see cref="Problem"/>.</summary>
    public static TimeWindow Parse(string? from, string? to, DateTimeOffset now)
    {
        var (start, end) = (string.IsNullOrWhiteSpace(from) ? DefaultFrom : from.Trim(), string.IsNullOrWhiteSpace(to) ? "now" : to.Trim());
        var problem = !TryInstant(start, now, out var startNanos) ? $"“{Cut(start)}” is no time. Write now-6h or 2026-11-22T14:00Z."
            : !TryInstant(end, now, out var endNanos) ? $"“{Cut(end)}” is no time. Write now or 2026-11-22T15:00Z."
            : startNanos >= endNanos ? "The range ends before it starts."
            : null;
        if (problem is null)
        {
            TryInstant(end, now, out var until);
            return new() { From = start, To = end, Range = new(startNanos, until) };
        }

        return Parse(null, null, now) with { Problem = problem };
    }

    /// <summary>The instant <paramref name="text"/> names: <c>now</c>, <c>now-6h</c> (s, m, h, d, w), or a date and time, in UTC where it has no zone.</summary>
    public static bool TryInstant(string text, DateTimeOffset now, out long nanos)
    {
        nanos = 0;
        if (Relative().Match(text) is { Success: true } match)
        {
            var instant = now;
            if (match.Groups["count"].Success)
            {
                if (!int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
                {
                    return false;
                }

                var unit = match.Groups["unit"].Value switch
                {
                    "s" => TimeSpan.FromSeconds(1),
                    "m" => TimeSpan.FromMinutes(1),
                    "h" => TimeSpan.FromHours(1),
                    "d" => TimeSpan.FromDays(1),
                    _ => TimeSpan.FromDays(7),
                };
                if (unit * count > now - DateTimeOffset.UnixEpoch)
                {
                    return false;
                }

                instant = now - (unit * count);
            }

            nanos = Nanos(instant);
            return true;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var absolute)
            || absolute.Year is < 1970 or > 2200)
        {
            return false;
        }

        nanos = Nanos(absolute);
        return true;
    }

    /// <summary>The parts of a link's query that keep this range; none for the default one.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Parameters() =>
        IsDefault ? [] : [new("from", From), new("to", To)];

    /// <summary>Unix nanoseconds of an instant.</summary>
    public static long Nanos(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;

    private static string Short(string text) => Cut(text.Replace('T', ' ').TrimEnd('Z'));

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex("^now(-(?<count>[0-9]{1,7})(?<unit>[smhdw]))?$")]
    private static partial Regex Relative();
}
