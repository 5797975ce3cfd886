using System.Text.RegularExpressions;
using Gander.Api.Parameters;
using Gander.Api.Search;
using Gander.Telemetry;
using Microsoft.AspNetCore.WebUtilities;

namespace Gander.Web.Records;

/// <summary>
/// The search of a page of records: the filters of its address (<see cref="RecordSearch"/>) over the range that all pages
/// share. What is wrong in the address is left out and said.
/// </summary>
public sealed partial class PageSearch
{
    // Parameters of pages that are no filters.
    private static readonly string[] Own = ["from", "to", "add", "view", "cursor"];

    private readonly string _path;
    private readonly TimeWindow _window;
    private readonly string? _view;

    private PageSearch(string path, TimeWindow window, string? view, RecordSearch search, IReadOnlyList<string> problems) =>
        (_path, _window, _view, Search, Problems) = (path, window, view, search, problems);

    /// <summary>The search with range and page.</summary>
    public RecordSearch Search { get; }

    /// <summary>What was wrong with the address, in full sentences.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Whether filters narrow the list.</summary>
    public bool IsFiltered => Search.Filters.Count > 0;

    /// <summary>Reads the address of a page.</summary>
    public static PageSearch Read(Signal signal, Uri address, TimeWindow window, DateTimeOffset now)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        var nowNanos = TimeWindow.Nanos(now);
        var (search, problems) = RecordSearch.Parse(signal, query.Where(entry => entry.Key is not ("cursor" or "start" or "end")), nowNanos, Own);
        search = search.WithTime(Bound(window.From, window.Range.StartNanos), Bound(window.To, window.Range.EndNanos), nowNanos);
        var said = problems.Select(problem => problem.Message).ToList();
        if (query.TryGetValue("cursor", out var cursor) && cursor.ToString() is { Length: > 0 } text)
        {
            var at = search.At(text);
            search = at.Position is null ? search : at;
            if (at.Position is null)
            {
                said.Add("The address names a page of another search, so the list starts at the newest.");
            }
        }

        return new(address.AbsolutePath, window, query.GetValueOrDefault("view"), search, said);
    }

    /// <summary>Reads what a person typed as a filter: <c>service.name = goose</c>, <c>duration > 500ms</c>, or plain words.</summary>
    public static bool TryReadFilter(string text, Signal signal, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RecordFilter? filter, out string problem)
    {
        var match = Typed().Match(text.Trim());
        if (!match.Success)
        {
            var field = signal == Signal.Logs ? "body" : "name";
            filter = RecordFilter.Field(field, QuoteValue(text.Trim()), signal, Gander.Stores.RecordOperator.Contains);
            problem = "";
            return true;
        }

        var (key, operation, value) = (match.Groups["key"].Value, match.Groups["operator"].Value, match.Groups["value"].Value.Trim());
        var name = key switch
        {
            "service.name" => "service",
            "session.id" or "gen_ai.conversation.id" or "conversation.id" => "session",
            "level" => "severity",
            "text" => "body",
            "trace_id" => "trace",
            "span_id" => "span",
            "tool" => AttributeKeys.ToolName,
            "model" => AttributeKeys.RequestModel,
            _ => key,
        };
        var owner = SearchField.Find(name, signal) is null ? FilterOwner.Attribute : FilterOwner.Field;
        return RecordFilter.TryParse(owner, name + operation + value, signal, out filter, out problem);
    }

    /// <summary>A filter by a built-in text field, whatever the text is.</summary>
    public static RecordFilter TextIs(string field, string text, Signal signal) => RecordFilter.Field(field, QuoteValue(text), signal);

    /// <summary>The address of this page with another search.</summary>
    public string Address(RecordSearch search) => AddressOf(_path, search.WithTime(null, null, 0));

    /// <summary>The address of this page without one of its filters.</summary>
    public string Without(SearchChip chip) => Address(chip.Filter is null ? Search : Search.Without(chip.Filter));

    /// <summary>The address of this page with one filter instead of those on the same field; without them when it is null.</summary>
    public string Replace(string field, RecordFilter? filter)
    {
        var search = Search.Filters.Where(existing => existing.Owner == FilterOwner.Field && existing.Key == field).Aggregate(Search, (without, existing) => without.Without(existing));
        return Address(filter is null ? search.FirstPage() : search.With(filter));
    }

    /// <summary>The address of the page that begins at <paramref name="cursor"/>.</summary>
    public string Page(string cursor) => PageAddress.Change(new Uri("http://page" + Address(Search.FirstPage())), ("cursor", cursor));

    /// <summary>The filters alone, as the parameters of an address.</summary>
    public string Filters => Search.WithTime(null, null, 0).ToQueryString();

    private static string Bound(string text, long nanos) => text.StartsWith("now", StringComparison.Ordinal) ? text : TimeText.Format(nanos);

    private static string QuoteValue(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private string AddressOf(string path, RecordSearch search)
    {
        var start = PageAddress.Of(path, _window, ("view", _view));
        var filters = search.ToQueryString();
        return filters.Length == 0 ? start : start + (start.Contains('?', StringComparison.Ordinal) ? "&" : "?") + filters;
    }

    [GeneratedRegex("""^(?<key>[A-Za-z_][\w.\-/]*)\s*(?<operator>!=|>=|<=|=|>|<|~)\s*(?<value>.+)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Typed();
}
