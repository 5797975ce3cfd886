using System.Globalization;
using System.Text.Json;
using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>What a Gander's own status says.</summary>
internal static class ServerChecks
{
    /// <summary>Spans of one agent within a day beyond which sampling is worth a thought.</summary>
    public const double ManySpans = 1_000_000;

    /// <summary>What is wrong with the server itself, from the answer of <c>GET /api/status</c>.</summary>
    public static IEnumerable<Finding> OfStatus(JsonElement status)
    {
        if (status.GetProperty("server").GetProperty("readOnly").GetBoolean())
        {
            yield return Finding.Problem("server.read-only", "the server only shows what is stored", "It takes no telemetry.", "gander serve   (without --read-only)");
        }

        var problems = string.Join("; ", status.GetProperty("store").GetProperty("problems").EnumerateArray().Select(problem => Queries.ShownText.Of(problem.GetString() ?? "")));
        switch (status.GetProperty("health").GetString())
        {
            case "refusing":
                yield return Finding.Problem("server.refusing", "the server takes no telemetry at the moment", problems.Length > 0 ? problems : "Its disk may be full.", "df -h   (and make room; it goes on by itself)");
                break;
            case "degraded":
                yield return Finding.Warning("server.degraded", "part of what is stored cannot be read", problems, "see the server's log");
                break;
        }
    }

    /// <summary>Whether an agent sends so much that sampling is worth a thought.</summary>
    public static Finding? OfVolume(string title, double spansADay) => spansADay <= ManySpans ? null : Finding.Note(
        "volume",
        string.Create(CultureInfo.InvariantCulture, $"{title} sent {spansADay:N0} spans within a day"),
        "A tenth of the traces may be enough; counters and logs stay whole, but sessions whose traces are left out have gaps.",
        $"export {OtelVariables.Sampler}=parentbased_traceidratio {OtelVariables.SamplerArgument}=0.1");
}
