using System.Globalization;
using Gander.Api.Parameters;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>One of the built-in fields that a search can filter by, and how its values are written.</summary>
public sealed class SearchField
{
    private static readonly string[] StatusNames = ["unset", "ok", "error"];
    private static readonly string[] KindNames = ["unspecified", "internal", "server", "client", "producer", "consumer"];
    private static readonly string[] SeverityNames = ["trace", "debug", "info", "warn", "error", "fatal"];

    private readonly Func<string, long?>? _number;
    private readonly Func<long, string>? _numberText;
    private readonly Func<string, bool>? _check;

    private SearchField(
        string name, string label, RecordField field, string example, Signal? only = null,
        Func<string, long?>? number = null, Func<long, string>? numberText = null, Func<string, bool>? check = null)
    {
        (Name, Label, Field, Example, Only) = (name, label, field, example, only);
        (_number, _numberText, _check) = (number, numberText, check);
    }

    /// <summary>All fields, in the order in which they are documented.</summary>
    public static IReadOnlyList<SearchField> All { get; } =
    [
        new("name", "name", new RecordField.Name(), "name=reply_stream"),
        new("service", "service.name", new RecordField.Service(), "service=goose"),
        new("scope", "scope", new RecordField.ScopeName(), "scope~goose"),
        new("status", "status", new RecordField.Status(), "status=error", Signal.Traces, text => Index(StatusNames, text), value => NameAt(StatusNames, value)),
        new("kind", "kind", new RecordField.Kind(), "kind=server", Signal.Traces, text => Index(KindNames, text), value => NameAt(KindNames, value)),
        new("duration", "duration", new RecordField.DurationNanos(), "duration>=500ms", Signal.Traces, ReadDuration, DurationText.Format),
        new("severity", "severity", new RecordField.Severity(), "severity>=warn", Signal.Logs, ReadSeverity, SeverityText),
        new("body", "text", new RecordField.Body(), "body~failed", Signal.Logs),
        new("session", "session.id", new RecordField.Session(), "session=20261122_1"),
        new("trace", "trace", new RecordField.Trace(), "trace=5b8aa5a2d2c872e8321cf37308d69df2", check: text => TraceId.TryParse(text, out _)),
        new("span", "span", new RecordField.Span(), "span=051581bf3cb55c13", check: text => SpanId.TryParse(text, out _)),
        new("parent", "parent", new RecordField.Parent(), "!parent", Signal.Traces, check: text => SpanId.TryParse(text, out _)),
    ];

    /// <summary>The name in a filter.</summary>
    public string Name { get; }

    /// <summary>The name a person sees.</summary>
    public string Label { get; }

    /// <summary>What the store looks at.</summary>
    public RecordField Field { get; }

    /// <summary>A filter that works.</summary>
    public string Example { get; }

    /// <summary>The only signal that has the field, or null.</summary>
    public Signal? Only { get; }

    /// <summary>Whether values are numbers to the store, so that they can be compared by size.</summary>
    public bool IsNumber => _number is not null;

    /// <summary>The field of this name for a signal, or null.</summary>
    public static SearchField? Find(string name, Signal signal) => All.FirstOrDefault(field => field.Name == name && field.Has(signal));

    /// <summary>The name of a span's status code.</summary>
    internal static string StatusName(byte code) => NameAt(StatusNames, code);

    /// <summary>The name of a span's kind.</summary>
    internal static string KindName(byte kind) => NameAt(KindNames, kind);

    /// <summary>Whether records of the signal have it.</summary>
    public bool Has(Signal signal) => Only is null || Only == signal;

    /// <summary>Reads a value; when it cannot, <paramref name="problem"/> says what is wrong.</summary>
    internal bool TryReadValue(string text, RecordOperator operation, out AttributeValue value, out string problem)
    {
        value = default;
        problem = "";
        if (operation is RecordOperator.Present or RecordOperator.Absent)
        {
            return true;
        }

        if (!FilterText.TryUnquote(text, out text, out _))
        {
            problem = $"{text} does not end its quotes";
            return false;
        }

        var bySize = operation is RecordOperator.Less or RecordOperator.LessOrEqual or RecordOperator.Greater or RecordOperator.GreaterOrEqual;
        if (bySize && !IsNumber)
        {
            problem = $"{FilterText.Of(operation)} compares numbers only, and {Name} is text; use = != or ~";
            return false;
        }

        if (operation is RecordOperator.Contains && (IsNumber || _check is not null))
        {
            problem = $"~ looks inside text only, and {Name} is not text; for example {Example}";
            return false;
        }

        if (_number is null)
        {
            value = AttributeValue.Of(_check is null ? text : text.ToLowerInvariant());
            problem = _check is null || _check(text) ? "" : $"'{text}' is no {Name} id; for example {Example}";
            return problem.Length == 0;
        }

        if (_number(text) is { } number)
        {
            value = AttributeValue.Of(number);
            return true;
        }

        problem = $"'{text}' is no {Name}; {Allowed}";
        return false;
    }

    /// <summary>The text of a value that reads back as the same.</summary>
    internal string WriteValue(AttributeValue value) =>
        _numberText is not null ? _numberText(value.Bits)
        : value.Text.StartsWith('"') || value.Text.Length == 0 || value.Text != value.Text.Trim() ? FilterText.WriteValue(value, RecordOperator.Equal)
        : value.Text;

    private string Allowed => Name switch
    {
        "status" => $"write one of {string.Join(", ", StatusNames)}",
        "kind" => $"write one of {string.Join(", ", KindNames)}",
        "severity" => $"write one of {string.Join(", ", SeverityNames)}, or a number from 0 to 24",
        _ => DurationText.Expected,
    };

    private static long? Index(string[] names, string text) => Array.IndexOf(names, text) is >= 0 and var index ? index : null;

    private static string NameAt(string[] names, long index) =>
        index >= 0 && index < names.Length ? names[index] : index.ToString(CultureInfo.InvariantCulture);

    private static long? ReadDuration(string text) => DurationText.TryParse(text, unitNeeded: false, out var nanos) ? nanos : null;

    // OpenTelemetry gives each name four numbers, of which the name alone means the first (logs data model, SeverityNumber).
    private static long? ReadSeverity(string text) =>
        Array.IndexOf(SeverityNames, text.ToLowerInvariant()) is >= 0 and var index ? (index * 4) + 1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 24 ? number
        : null;

    private static string SeverityText(long number) =>
        number is >= 1 and <= 24 && (number - 1) % 4 == 0 ? SeverityNames[(number - 1) / 4] : number.ToString(CultureInfo.InvariantCulture);
}
