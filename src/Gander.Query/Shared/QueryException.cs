namespace Gander.Query.Shared;

/// <summary>A query that cannot be answered. The message tells the person who wrote it what to change.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Makes an error; <paramref name="position"/> marks the place in the query where it can.</summary>
    public QueryException(QueryErrorKind kind, string message, TextPosition? position = null)
        : base(message)
    {
        Kind = kind;
        Position = position;
    }

    /// <summary>What sort of error this is.</summary>
    public QueryErrorKind Kind { get; }

    /// <summary>The place in the query, if it has one.</summary>
    public TextPosition? Position { get; }
}
