using Gander.Stores;

namespace Gander.Storage.DuckDb.Records;

/// <summary>One column of a table of records.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, with its compression where the engine's choice is not ours.</param>
/// <param name="Detail">The least detail that reads it.</param>
/// <param name="Preview">What stands for it at less than everything, where that is more than nothing.</param>
internal sealed record ColumnSpec(string Name, string Type, RecordDetail Detail = RecordDetail.Columns, string? Preview = null);
