using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>
/// A condition in SQL with its values. It is compiled once and rendered for each file, because resources and scopes lie in
/// the file that uses them. The text holds nothing that came from outside.
/// </summary>
/// <param name="Template">The condition, with <see cref="File"/> where a file is named.</param>
/// <param name="Values">The values of <c>$1</c>, <c>$2</c> and so on.</param>
internal sealed record SqlFilter(string Template, IReadOnlyList<SqlValue> Values)
{
    /// <summary>Stands for the file's name in the template.</summary>
    public const string File = "{file}";

    /// <summary>Stands for the records that were found, in templates that ask something of them.</summary>
    public const string Rows = "{rows}";

    /// <summary>The traces to which everything belongs that meets the condition; null when it says nothing of traces.</summary>
    public IReadOnlyCollection<TraceId>? Traces { get; init; }

    /// <summary>Records of some traces. One id is compared and not searched for in a list, which lets the engine skip more.</summary>
    public static string Of(IReadOnlyCollection<TraceId> traces, SqlValues values) => traces.Count == 1
        ? $"trace_id = {values.Add(traces.First())}"
        : $"trace_id IN {SqlValues.Join(traces, values.Add)}";

    public string For(string file) => Template.Replace(File, file, StringComparison.Ordinal);
}
