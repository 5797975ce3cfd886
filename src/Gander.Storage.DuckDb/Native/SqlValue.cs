using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>One parameter of a statement. Values reach the engine only so, never as part of the statement's text.</summary>
internal readonly struct SqlValue
{
    private readonly Kind _kind;
    private readonly ulong _bits;
    private readonly object? _object;

    private SqlValue(Kind kind, ulong bits, object? value)
    {
        _kind = kind;
        _bits = bits;
        _object = value;
    }

    private enum Kind : byte
    {
        Null,
        Int64,
        UInt64,
        Double,
        Text,
        Bytes,
    }

    public static SqlValue Null => default;

    /// <summary>Whether it is bound as a BLOB of UTF-8, because the engine's text parameters end at a NUL; the statement has to <c>decode</c> it.</summary>
    public bool NeedsDecoding => _kind == Kind.Bytes && _object is not null;

    public static SqlValue Of(long value) => new(Kind.Int64, (ulong)value, null);

    public static SqlValue Of(ulong value) => new(Kind.UInt64, value, null);

    public static SqlValue Of(double value) => new(Kind.Double, BitConverter.DoubleToUInt64Bits(value), null);

    public static SqlValue Of(string? value) => value switch
    {
        null => Null,
        _ when value.Contains('\0', StringComparison.Ordinal) => new SqlValue(Kind.Bytes, 0, Encoding.UTF8.GetBytes(value)),
        _ => new SqlValue(Kind.Text, 0, value),
    };

    internal void Bind(DuckDBPreparedStatement statement, int index)
    {
        var state = _kind switch
        {
            Kind.Int64 => PreparedStatements.DuckDBBindInt64(statement, index, (long)_bits),
            Kind.UInt64 => PreparedStatements.DuckDBBindUInt64(statement, index, _bits),
            Kind.Double => PreparedStatements.DuckDBBindDouble(statement, index, BitConverter.UInt64BitsToDouble(_bits)),
            Kind.Text => PreparedStatements.DuckDBBindVarchar(statement, index, (string)_object!),
            Kind.Bytes => PreparedStatements.DuckDBBindBlob(statement, index, (byte[])_object!, ((byte[])_object!).Length),
            _ => PreparedStatements.DuckDBBindNull(statement, index),
        };
        if (state != DuckDBState.Success)
        {
            throw new DuckException(PreparedStatements.DuckDBPrepareError(statement) ?? $"cannot bind parameter {index}");
        }
    }
}
