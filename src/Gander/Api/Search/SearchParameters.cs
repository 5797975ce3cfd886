using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>The parameters of a search, as the documentation shows them.</summary>
internal static class SearchParameters
{
    private const string FilterRules =
        "Write KEY to ask that it is present, !KEY that it is absent, or KEY OP VALUE with an OP of = != < <= > >= or ~ (contains, letter case ignored). A record without the field matches !KEY alone. Repeat the parameter for more filters, which must all hold.";

    private const string ValueRules =
        "A value that reads as a JSON number, true or false is one, and numbers compare with numbers of any kind; anything else is text, and so is anything in double quotes.";

    /// <summary>All parameters of a search for this signal.</summary>
    public static IReadOnlyList<ApiParameter> For(Signal signal) =>
    [
        ApiParameter.Start,
        ApiParameter.End,
        .. SearchShorthand.All.Where(shorthand => shorthand.Has(signal)).Select(shorthand =>
            new ApiParameter(shorthand.Parameter, shorthand.Description, ApiParameterKind.Text, shorthand.Example)),
        new("field", $"A filter by a built-in field: {string.Join(", ", SearchField.All.Where(field => field.Has(signal)).Select(field => field.Name))}. {FilterRules}", ApiParameterKind.Repeated, signal == Signal.Logs ? "severity>=warn" : "duration>=500ms"),
        new("attr", $"A filter by an attribute of the record, or of its resource where the record has none. {FilterRules} {ValueRules}", ApiParameterKind.Repeated, "gen_ai.usage.input_tokens>1000"),
        new("resource", $"A filter by an attribute of the resource. {FilterRules} {ValueRules}", ApiParameterKind.Repeated, "host.name=demo-host"),
        ApiParameter.Limit,
        ApiParameter.Cursor,
    ];
}
