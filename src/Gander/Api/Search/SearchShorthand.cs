using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>A parameter of its own for a filter that is asked for often: <c>service=goose</c> is <c>field=service=goose</c>.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Owner">What it looks at.</param>
/// <param name="Key">The field or attribute.</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Example">A value that works.</param>
/// <param name="Description">What it asks for, for the documentation.</param>
/// <param name="Only">The only signal that has it, or null.</param>
internal sealed record SearchShorthand(
    string Parameter, FilterOwner Owner, string Key, RecordOperator Operator, string Example, string Description, Signal? Only = null)
{
    /// <summary>All of them, in the order in which they are documented and written.</summary>
    public static IReadOnlyList<SearchShorthand> All { get; } =
    [
        new("service", FilterOwner.Field, "service", RecordOperator.Equal, "goose", "The resource's service.name."),
        new("name", FilterOwner.Field, "name", RecordOperator.Equal, "reply_stream", "The span's name, or the log record's event name."),
        new("status", FilterOwner.Field, "status", RecordOperator.Equal, "error", "The span's status: unset, ok or error.", Signal.Traces),
        new("kind", FilterOwner.Field, "kind", RecordOperator.Equal, "internal", "The span's kind: unspecified, internal, server, client, producer or consumer.", Signal.Traces),
        new("minDuration", FilterOwner.Field, "duration", RecordOperator.GreaterOrEqual, "500ms", "The span lasts at least this long: 500ms, 1.5s; a plain number is milliseconds.", Signal.Traces),
        new("maxDuration", FilterOwner.Field, "duration", RecordOperator.LessOrEqual, "10s", "The span lasts at most this long.", Signal.Traces),
        new("minSeverity", FilterOwner.Field, "severity", RecordOperator.GreaterOrEqual, "warn", "At least this severe: trace, debug, info, warn, error, fatal, or a number from 0 to 24.", Signal.Logs),
        new("text", FilterOwner.Field, "body", RecordOperator.Contains, "failed", "The body contains this text, letter case ignored.", Signal.Logs),
        new("session", FilterOwner.Field, "session", RecordOperator.Equal, "20261122_1", "The session id: session.id, else gen_ai.conversation.id, else conversation.id."),
        new("model", FilterOwner.Attribute, AttributeKeys.RequestModel, RecordOperator.Equal, "gpt-4o", "The model that was asked for (gen_ai.request.model)."),
        new("tool", FilterOwner.Attribute, AttributeKeys.ToolName, RecordOperator.Equal, "shell", "The tool that was called (gen_ai.tool.name)."),
        new("trace", FilterOwner.Field, "trace", RecordOperator.Equal, "5b8aa5a2d2c872e8321cf37308d69df2", "The trace id, 32 hexadecimal digits."),
        new("span", FilterOwner.Field, "span", RecordOperator.Equal, "051581bf3cb55c13", "The span id, 16 hexadecimal digits."),
    ];

    /// <summary>Whether the signal has it.</summary>
    public bool Has(Signal signal) => Only is null || Only == signal;

    /// <summary>Whether it can stand for <paramref name="filter"/>; an empty value cannot be told from an absent parameter.</summary>
    public bool Fits(RecordFilter filter) =>
        filter.Owner == Owner && filter.Key == Key && filter.Operator == Operator
        && (filter.Value.Kind != AttributeKind.String ? Owner == FilterOwner.Field : filter.Value.Text.Length > 0);

    /// <summary>The parameter's value for a filter that fits: as it is, without quotes.</summary>
    public static string ValueOf(RecordFilter filter) =>
        filter.Value.Kind == AttributeKind.String ? filter.Value.Text : filter.ValueText;
}
