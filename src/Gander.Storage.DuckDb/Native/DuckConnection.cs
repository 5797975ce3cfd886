using DuckDB.NET.Data;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>
/// One connection to the engine, used by one thread at a time. It speaks to the native interface directly, because the
/// managed reader boxes every value. Only <see cref="Interrupt"/> may be called from other threads.
/// </summary>
internal sealed class DuckConnection(DuckDBConnection connection) : IDisposable
{
    internal DuckDBNativeConnection Handle => connection.NativeConnection;

    /// <summary>Runs one statement and forgets its result.</summary>
    public void Execute(string sql, params ReadOnlySpan<SqlValue> values) => Run(sql, values, CancellationToken.None).Dispose();

    /// <summary>Runs one statement and gives its rows, all of them computed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the engine stopped.</exception>
    public DuckRows Query(string sql, ReadOnlySpan<SqlValue> values, CancellationToken cancellationToken) => Run(sql, values, cancellationToken);

    /// <summary>The first column of the first row as an integer, or null when there is no row or it is NULL.</summary>
    public long? QueryInt64(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Run(sql, values, CancellationToken.None);
        return rows.NextChunk() && rows.Column(0) is var column && !column.IsNull(0) ? column.Int64(0) : null;
    }

    /// <summary>Stops whatever statement runs.</summary>
    public void Interrupt() => Handle.Interrupt();

    public void Dispose() => connection.Dispose();

    private DuckRows Run(string sql, ReadOnlySpan<SqlValue> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (PreparedStatements.DuckDBPrepare(Handle, sql, out var statement) != DuckDBState.Success)
        {
            using (statement)
            {
                throw new DuckException(PreparedStatements.DuckDBPrepareError(statement));
            }
        }

        using (statement)
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index].Bind(statement, index + 1);
            }

            using var registration = cancellationToken.UnsafeRegister(static state => ((DuckConnection)state!).Interrupt(), this);
            var outcome = PreparedStatements.DuckDBExecutePrepared(statement, out var result);
            if (outcome == DuckDBState.Success)
            {
                return new DuckRows(result);
            }

            var message = TakeError(ref result);
            cancellationToken.ThrowIfCancellationRequested();
            throw new DuckException(message);
        }
    }

    private static string TakeError(ref DuckDBResult result)
    {
        var message = NativeMethods.Query.DuckDBResultError(ref result);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        return message;
    }
}
