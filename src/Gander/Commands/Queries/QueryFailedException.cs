using System.Text.Json;
using Gander.Query.Shared;

namespace Gander.Commands.Queries;

/// <summary>A query that a server did not answer.</summary>
/// <param name="message">What it said.</param>
/// <param name="isMistake">Whether the person who asked has to change something.</param>
/// <param name="position">The place in the query, if it has one.</param>
internal sealed class QueryFailedException(string message, bool isMistake, TextPosition? position) : Exception(message)
{
    /// <summary>Whether the person who asked has to change something.</summary>
    public bool IsMistake { get; } = isMistake;

    /// <summary>The place in the query, if it has one.</summary>
    public TextPosition? Position { get; } = position;

    /// <summary>Reads Prometheus' error envelope, or that of Gander's own API, which refuses strangers.</summary>
    public static QueryFailedException Of(JsonElement answer)
    {
        if (!answer.TryGetProperty("error", out var error))
        {
            return new("The server failed and did not say why.", false, null);
        }

        if (error.ValueKind == JsonValueKind.Object)
        {
            return new(error.GetProperty("message").GetString() ?? "", error.TryGetProperty("parameter", out _), null);
        }

        var position = answer.TryGetProperty("position", out var place) ? new TextPosition(place[0].GetInt32(), place[1].GetInt32()) : (TextPosition?)null;
        return new(error.GetString() ?? "", answer.GetProperty("errorType").GetString() == "bad_data", position);
    }
}
