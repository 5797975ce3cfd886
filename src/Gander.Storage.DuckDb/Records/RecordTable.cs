using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>What differs between the tables of spans and of log records. Instances write and are not thread-safe; reading is static in nature and safe.</summary>
/// <typeparam name="TBatch">The batch of the signal.</typeparam>
internal abstract class RecordTable<TBatch> : IDisposable
    where TBatch : TelemetryBatch, new()
{
    private readonly string[] _selections;
    private readonly int[][] _positions;

    protected RecordTable(IReadOnlyList<ColumnSpec> own)
    {
        Columns = [.. SharedColumns.All, .. own];
        var details = Enum.GetValues<RecordDetail>();
        _selections = new string[details.Length];
        _positions = new int[details.Length][];
        foreach (var detail in details)
        {
            var selected = new List<string> { "rowid" };
            _positions[(int)detail] = [.. Columns.Select(column =>
            {
                var expression = column.Detail <= detail ? column.Name : detail == RecordDetail.Attributes ? column.Preview : null;
                if (expression is null)
                {
                    return -1;
                }

                selected.Add(expression);
                return selected.Count - 1;
            })];
            _selections[(int)detail] = string.Join(", ", selected);
        }
    }

    public abstract Signal Signal { get; }

    /// <summary>The table's name, which also begins the names of its files.</summary>
    public abstract string Name { get; }

    public IReadOnlyList<ColumnSpec> Columns { get; }

    /// <summary>The statement that makes the table in an attached file.</summary>
    public string CreateTable(string file) =>
        $"CREATE TABLE {file}.{Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))})";

    /// <summary>What to select to read records at a detail; the row's id comes first.</summary>
    public string Selection(RecordDetail detail) => _selections[(int)detail];

    /// <summary>Where each column stands in <see cref="Selection"/>; -1 for those left out.</summary>
    public ReadOnlySpan<int> Positions(RecordDetail detail) => _positions[(int)detail];

    /// <summary>The time that orders the record.</summary>
    public abstract long OrderNanos(TBatch batch, int row);

    public abstract int ResourceIndex(TBatch batch, int row);

    public abstract int ScopeIndex(TBatch batch, int row);

    /// <summary>Appends one record.</summary>
    public abstract void Append(ChunkAppender to, TBatch batch, int row, in RowIdentity identity);

    public abstract void Dispose();

    /// <summary>Adds one stored row to an answer.</summary>
    public abstract void Read(in StoredRow from, AnswerBuilder<TBatch> answer);
}
