using Gander.Api.Parameters;
using Gander.Telemetry;

namespace Gander.Api.Calls;

/// <summary>The parameters that endpoints over calls have in common.</summary>
internal static class CallParameters
{
    private const long DayNanos = 86_400_000_000_000;
    private const int MinBuckets = 10;
    private const int DefaultBuckets = 60;
    private const int MaxBuckets = 500;

    /// <summary>The range.</summary>
    public static IReadOnlyList<ApiParameter> Range { get; } =
    [
        ApiParameter.Start with { Description = "The first instant of the range, written as elsewhere; without it 24 hours before end." },
        ApiParameter.End with { Description = "The first instant after the range; without it now." },
    ];

    /// <summary>How many points series have.</summary>
    public static ApiParameter Buckets { get; } =
        new("buckets", "The most points of each series, 10 to 500; without it 60. Steps are round lengths of time.", ApiParameterKind.Number, "60") { Bounds = (MinBuckets, MaxBuckets) };

    /// <summary>Reads the range.</summary>
    public static TimeRange ReadRange(ApiRequest request)
    {
        var end = request.Parameters.Time("end") ?? request.NowNanos;
        var start = request.Parameters.Time("start") ?? (end < long.MinValue + DayNanos ? long.MinValue : end - DayNanos);
        if (start < end)
        {
            return new TimeRange(start, end);
        }

        request.Parameters.Report(ParameterProblem.Bad("end", "is not after start; swap them, or leave one out"));
        return TimeRange.All;
    }

    /// <summary>Reads how many points series have.</summary>
    public static int ReadBuckets(ParameterReader parameters) => parameters.Number("buckets", MinBuckets, MaxBuckets, DefaultBuckets);

    /// <summary>Reads what calls are told apart by.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="words">What name, origin, agent and user are called here.</param>
    /// <param name="otherwise">What they are told apart by without the parameter.</param>
    public static CallFields ReadBy(ParameterReader parameters, string[] words, CallFields otherwise)
    {
        var fields = CallFields.None;
        foreach (var word in parameters.All("by"))
        {
            var place = Array.IndexOf(words, word);
            if (place < 0)
            {
                parameters.Report(ParameterProblem.Bad("by", $"'{word}' is none of {string.Join(", ", words)}"));
                return otherwise;
            }

            fields |= (CallFields)(1 << place);
        }

        return fields == CallFields.None ? otherwise : fields;
    }
}
