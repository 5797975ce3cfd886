using System.Diagnostics;
using Gander.Query.Shared;

namespace Gander.Prometheus;

/// <summary>A request that cannot be answered. Becomes the error envelope of Prometheus' API.</summary>
/// <param name="type">What sort of error it is.</param>
/// <param name="message">For people: what was wrong and what would work.</param>
/// <param name="position">The place in the query, if it has one.</param>
internal sealed class PrometheusException(ErrorType type, string message, TextPosition? position = null) : Exception(message)
{
    /// <summary>The status that goes with it.</summary>
    public int Status => type switch
    {
        ErrorType.BadData => StatusCodes.Status400BadRequest,
        ErrorType.Execution => StatusCodes.Status422UnprocessableEntity,
        ErrorType.Timeout or ErrorType.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorType.Canceled => StatusCodes.Status499ClientClosedRequest,
        ErrorType.NotFound => StatusCodes.Status404NotFound,
        ErrorType.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorType.Internal => StatusCodes.Status500InternalServerError,
        _ => throw new UnreachableException($"no status for {type}"),
    };

    /// <summary>Its name in the envelope.</summary>
    public string Type => type switch
    {
        ErrorType.BadData or ErrorType.MethodNotAllowed => "bad_data",
        ErrorType.Execution => "execution",
        ErrorType.Timeout => "timeout",
        ErrorType.Canceled => "canceled",
        ErrorType.NotFound => "not_found",
        ErrorType.Unavailable => "unavailable",
        ErrorType.Internal => "internal",
        _ => throw new UnreachableException($"no name for {type}"),
    };

    /// <summary>The place in the query, if it has one.</summary>
    public TextPosition? Position { get; } = position;

    /// <summary>A parameter that cannot be used.</summary>
    public static PrometheusException BadParameter(string name, string problem) => new(ErrorType.BadData, $"invalid parameter \"{name}\": {problem}");

    /// <summary>What a query's error becomes.</summary>
    /// <param name="error">The error.</param>
    /// <param name="query">The text its position is in.</param>
    /// <param name="parameter">The parameter that held the text.</param>
    public static PrometheusException Of(QueryException error, string query, string parameter = "query") => error.Kind switch
    {
        QueryErrorKind.BadQuery when error.Position is { } position => new(ErrorType.BadData, $"invalid parameter \"{parameter}\": {QueryPlace.Of(position, query)}: parse error: {error.Message}", position),
        QueryErrorKind.BadQuery => BadParameter(parameter, error.Message),
        QueryErrorKind.Execution or QueryErrorKind.LimitExceeded => new(ErrorType.Execution, error.Message, error.Position),
        QueryErrorKind.TimedOut => new(ErrorType.Timeout, error.Message),
        QueryErrorKind.Cancelled => new(ErrorType.Canceled, error.Message),
        _ => throw new UnreachableException($"no answer for {error.Kind}"),
    };
}
