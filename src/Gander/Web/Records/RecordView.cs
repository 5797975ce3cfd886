namespace Gander.Web.Records;

/// <summary>One span or log record as the record island shows it. Everything is text; nothing of it is markup.</summary>
public sealed record RecordView
{
    /// <summary>The span's name or the log record's event name.</summary>
    public required string Name { get; init; }

    /// <summary>Figures at the top: what they are and their value.</summary>
    public required IReadOnlyList<RecordFact> Facts { get; init; }

    /// <summary>Places to go on to.</summary>
    public required IReadOnlyList<RecordLink> Links { get; init; }

    /// <summary>Long texts: messages, tool input and output, a log's body.</summary>
    public required IReadOnlyList<RecordContent> Contents { get; init; }

    /// <summary>The attributes of the record, then of its resource.</summary>
    public required IReadOnlyList<RecordProperty> Attributes { get; init; }

    /// <summary>What happened during the span, earliest first.</summary>
    public required IReadOnlyList<RecordEvent> Events { get; init; }

    /// <summary>What the emitter dropped, or null when nothing.</summary>
    public string? Dropped { get; init; }
}
