namespace Gander.Stores;

/// <summary>What a condition looks at: a closed set of cases.</summary>
public abstract record RecordField
{
    private RecordField()
    {
    }

    /// <summary>An attribute of the record itself; with <paramref name="OrResource"/> the resource's where the record has none.</summary>
    /// <param name="Key">The key as sent.</param>
    /// <param name="OrResource">Whether to fall back to the resource.</param>
    public sealed record OfRecord(string Key, bool OrResource = true) : RecordField;

    /// <summary>An attribute of the resource.</summary>
    /// <param name="Key">The key as sent.</param>
    public sealed record OfResource(string Key) : RecordField;

    /// <summary>The span's name, or the log record's event name.</summary>
    public sealed record Name : RecordField;

    /// <summary><c>service.name</c> of the resource.</summary>
    public sealed record Service : RecordField;

    /// <summary>The scope's name.</summary>
    public sealed record ScopeName : RecordField;

    /// <summary>A span's status code, as an integer: 0 unset, 1 ok, 2 error.</summary>
    public sealed record Status : RecordField;

    /// <summary>A span's kind, as an integer.</summary>
    public sealed record Kind : RecordField;

    /// <summary>A span's length in nanoseconds, as an integer.</summary>
    public sealed record DurationNanos : RecordField;

    /// <summary>A log record's severity number, as an integer.</summary>
    public sealed record Severity : RecordField;

    /// <summary>A log record's body, as text.</summary>
    public sealed record Body : RecordField;

    /// <summary>The session id: <c>session.id</c>, else <c>gen_ai.conversation.id</c>, else <c>conversation.id</c>.</summary>
    public sealed record Session : RecordField;

    /// <summary>The trace id, as 32 hexadecimal digits.</summary>
    public sealed record Trace : RecordField;

    /// <summary>The span id, as 16 hexadecimal digits.</summary>
    public sealed record Span : RecordField;

    /// <summary>The parent span id, as 16 hexadecimal digits; absent for a root.</summary>
    public sealed record Parent : RecordField;
}
