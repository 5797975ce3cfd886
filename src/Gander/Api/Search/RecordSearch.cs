using System.Globalization;
using System.Text;
using Gander.Api.Parameters;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Primitives;

namespace Gander.Api.Search;

/// <summary>
/// A search for spans or log records as a URL holds it: a time range, filters that must all hold, a page. The API and the
/// pages read and write it the same way, so a page's address and the address of its data differ in the path alone.
/// Immutable; two searches are equal when their query strings are.
/// </summary>
public sealed class RecordSearch : IEquatable<RecordSearch>
{
    /// <summary>Records on a page unless <c>limit</c> says otherwise.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most records on a page.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>The most filters in a search.</summary>
    public const int MaxFilters = 32;

    private RecordSearch(Signal signal) => Signal = signal;

    /// <summary>Spans or log records.</summary>
    public Signal Signal { get; }

    /// <summary>The start as it was written, such as <c>now-6h</c>, or null for no bound.</summary>
    public string? Start { get; private init; }

    /// <summary>The end as it was written, or null for no bound.</summary>
    public string? End { get; private init; }

    /// <summary>The range at the time of parsing.</summary>
    public TimeRange Range { get; private init; } = TimeRange.All;

    /// <summary>The filters in the order in which they are shown.</summary>
    public IReadOnlyList<RecordFilter> Filters { get; private init; } = [];

    /// <summary>Records on a page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; private init; } = DefaultLimit;

    /// <summary>Where the page begins, or null for the first.</summary>
    public string? Cursor { get; private init; }

    /// <summary>The bounds and filters as chips, in the order of <see cref="ToQueryString"/>.</summary>
    public IReadOnlyList<SearchChip> Chips =>
    [
        .. Start is null ? [] : new[] { Bound("start", ">=", Start, null, End) },
        .. End is null ? [] : new[] { Bound("end", "<", End, Start, null) },
        .. Filters.Select(Chip),
    ];

    /// <summary>The decoded cursor, or null for the first page.</summary>
    internal PageCursor? Position { get; private init; }

    /// <summary>What a cursor of this search carries, so that another search refuses it: the range as written and the filters.</summary>
    internal ulong Hash => ContentHash.Of(string.Create(CultureInfo.InvariantCulture, $"{Signal}?{Write(paging: false)}").AsSpan());

    /// <summary>An empty search: everything, newest first.</summary>
    public static RecordSearch For(Signal signal) => new(signal);

    /// <summary>
    /// Reads a search. What is wrong is left out of the search and reported, so that a page can show the rest.
    /// </summary>
    /// <param name="signal">Traces or logs.</param>
    /// <param name="query">The query parameters.</param>
    /// <param name="nowNanos">What <c>now</c> means, Unix nanoseconds.</param>
    /// <param name="others">Parameters that belong to someone else and are passed over.</param>
    public static RecordSearchResult Parse(
        Signal signal, IEnumerable<KeyValuePair<string, StringValues>> query, long nowNanos, params ReadOnlySpan<string> others)
    {
        var reader = new ParameterReader(query, nowNanos);
        foreach (var other in others)
        {
            reader.All(other);
        }

        var search = Read(signal, reader);
        reader.Finish();
        return new RecordSearchResult(search, reader.Problems);
    }

    /// <summary>The same search with one more filter, from its first page; the same search when it has it already.</summary>
    public RecordSearch With(RecordFilter filter) => Filters.Contains(filter) ? FirstPage() : Copy([.. Filters, filter]);

    /// <summary>The same search without a filter, from its first page.</summary>
    public RecordSearch Without(RecordFilter filter) => Copy([.. Filters.Where(other => other != filter)]);

    /// <summary>The same search over another time range, from its first page. Bounds are as a person writes them; null is open.</summary>
    /// <exception cref="FormatException">A bound is not a time.</exception>
    public RecordSearch WithTime(string? start, string? end, long nowNanos) => new(Signal)
    {
        Start = start,
        End = end,
        Range = new TimeRange(ReadBound(start, nowNanos, long.MinValue), Math.Max(ReadBound(start, nowNanos, long.MinValue), ReadBound(end, nowNanos, long.MaxValue))),
        Filters = Filters,
        Limit = Limit,
    };

    /// <summary>The same search with another page size, from its first page.</summary>
    public RecordSearch WithLimit(int limit) => new(Signal)
    {
        Start = Start, End = End, Range = Range, Filters = Filters, Limit = Math.Clamp(limit, 1, MaxLimit),
    };

    /// <summary>The same filters for the other signal, as far as its records have such fields, from the first page.</summary>
    public RecordSearch For(Signal signal, long nowNanos) => new RecordSearch(signal)
    {
        Filters = [.. Filters.Where(filter => filter.Owner != FilterOwner.Field || SearchField.Find(filter.Key, signal) is not null)],
        Limit = Limit,
    }.WithTime(Start, End, nowNanos);

    /// <summary>The same search at the page that <paramref name="cursor"/> names.</summary>
    public RecordSearch At(string cursor) => new(Signal)
    {
        Start = Start, End = End, Range = Range, Filters = Filters, Limit = Limit, Cursor = cursor, Position = PageCursor.Read(cursor, Hash),
    };

    /// <summary>The same search from its first page.</summary>
    public RecordSearch FirstPage() => Copy(Filters);

    /// <summary>The query string without a question mark; parameters in a fixed order, defaults left out.</summary>
    public string ToQueryString() => Write(paging: true);

    /// <summary>The query for a store, from the first page on.</summary>
    public RecordQuery ToQuery(RecordDetail detail) =>
        new(Range, [.. Filters.Select(filter => filter.ToCondition())], Limit, detail, Position?.Position);

    /// <inheritdoc/>
    public bool Equals(RecordSearch? other) => other is not null && Signal == other.Signal && ToQueryString() == other.ToQueryString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordSearch);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Signal, ToQueryString());

    private static RecordSearch Read(Signal signal, ParameterReader reader)
    {
        var (start, end) = (reader.Text("start"), reader.Text("end"));
        var range = reader.Range();
        var filters = new List<RecordFilter>();
        foreach (var shorthand in SearchShorthand.All.Where(candidate => candidate.Has(signal)))
        {
            if (reader.Text(shorthand.Parameter) is { } value)
            {
                AddFilter(reader, filters, signal, shorthand.Parameter, shorthand.Owner, FilterText.Join(shorthand.Key, shorthand.Operator, FilterText.Quote(value)));
            }
        }

        foreach (var owner in Enum.GetValues<FilterOwner>())
        {
            foreach (var text in reader.All(RecordFilter.ParameterOf(owner)))
            {
                AddFilter(reader, filters, signal, RecordFilter.ParameterOf(owner), owner, text);
            }
        }

        if (filters.Count > MaxFilters)
        {
            reader.Report(ParameterProblem.Bad("field", string.Create(CultureInfo.InvariantCulture, $"there are {filters.Count} filters in all, {MaxFilters} allowed")));
            filters.RemoveRange(MaxFilters, filters.Count - MaxFilters);
        }

        var search = new RecordSearch(signal)
        {
            // A bound that cannot be read is not kept: it would be shown as if it held.
            Start = range.StartNanos == long.MinValue ? null : start,
            End = range.EndNanos == long.MaxValue ? null : end,
            Range = range,
            Filters = filters,
            Limit = reader.Number("limit", 1, MaxLimit, DefaultLimit),
        };
        return reader.Text("cursor") is { } cursor ? search.ReadCursor(cursor, reader) : search;
    }

    private static void AddFilter(
        ParameterReader reader, List<RecordFilter> filters, Signal signal, string parameter, FilterOwner owner, string text)
    {
        if (!RecordFilter.TryParse(owner, text, signal, out var filter, out var problem))
        {
            reader.Report(ParameterProblem.Bad(parameter, problem));
        }
        else if (!filters.Contains(filter))
        {
            filters.Add(filter);
        }
    }

    private RecordSearch ReadCursor(string cursor, ParameterReader reader)
    {
        var page = At(cursor);
        if (page.Position is not null)
        {
            return page;
        }

        reader.Report(new ParameterProblem(
            "bad_cursor", "cursor", "cursor: does not belong to this search; take nextCursor of an answer unchanged and repeat the other parameters, or leave it out to start again"));
        return this;
    }

    private static long ReadBound(string? text, long nowNanos, long otherwise) =>
        text is null ? otherwise
        : TimeText.TryParse(text, nowNanos, out var nanos, out var problem) ? nanos
        : throw new FormatException(problem);

    private RecordSearch Copy(IReadOnlyList<RecordFilter> filters) => new(Signal)
    {
        Start = Start, End = End, Range = Range, Filters = filters, Limit = Limit,
    };

    private string Write(bool paging)
    {
        var text = new StringBuilder();
        Append(text, "start", Start);
        Append(text, "end", End);
        var left = Filters.ToList();
        foreach (var shorthand in SearchShorthand.All)
        {
            if (left.FirstOrDefault(shorthand.Fits) is { } fitting)
            {
                left.Remove(fitting);
                Append(text, shorthand.Parameter, SearchShorthand.ValueOf(fitting));
            }
        }

        foreach (var filter in left.OrderBy(filter => filter.Owner))
        {
            Append(text, filter.Parameter, filter.Text);
        }

        if (paging)
        {
            Append(text, "limit", Limit == DefaultLimit ? null : Limit.ToString(CultureInfo.InvariantCulture));
            Append(text, "cursor", Cursor);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=');

        // RFC 3986 §3.4 allows these in a query as they are, and people read addresses.
        text.Append(Uri.EscapeDataString(value)
            .Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%3D", "=", StringComparison.Ordinal).Replace("%21", "!", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal));
    }

    private SearchChip Chip(RecordFilter filter)
    {
        var (operation, value) = filter.Operator switch
        {
            RecordOperator.Present => ("exists", ""),
            RecordOperator.Absent => ("missing", ""),
            _ => (filter.OperatorText, filter.ValueText),
        };
        var label = filter.Label + " " + operation + (value.Length > 0 ? " " + value : "");
        return new SearchChip(filter.Label, operation, value, label, filter, Without(filter).ToQueryString());
    }

    private SearchChip Bound(string field, string operation, string value, string? start, string? end)
    {
        var without = new RecordSearch(Signal) { Start = start, End = end, Filters = Filters, Limit = Limit };
        return new SearchChip(field, operation, value, $"{field} {value}", null, without.ToQueryString());
    }
}
