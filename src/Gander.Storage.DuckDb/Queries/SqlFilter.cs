using Gander.Storage.DuckDb.Native;

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

    public string For(string file) => Template.Replace(File, file, StringComparison.Ordinal);
}
