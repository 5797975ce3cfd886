namespace Gander.Api.Search;

/// <summary>One filter as a page shows it: a chip with a way to take it off.</summary>
/// <param name="Field">The name a person sees, such as <c>service.name</c>.</param>
/// <param name="Operator"><c>= != &lt; &lt;= &gt; &gt;= ~</c>, or <c>exists</c> or <c>missing</c>.</param>
/// <param name="Value">The value as written, or empty.</param>
/// <param name="Label">All of it in one line.</param>
/// <param name="Filter">The filter, or null for a bound of the time range.</param>
/// <param name="Without">The query string of the same search without it, from its first page; no question mark.</param>
public sealed record SearchChip(string Field, string Operator, string Value, string Label, RecordFilter? Filter, string Without);
