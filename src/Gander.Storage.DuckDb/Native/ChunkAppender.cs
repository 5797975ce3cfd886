using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using DuckDB.NET.Native;
using Gander.Telemetry;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>
/// Appends rows to one table through native data chunks, the only way that knows MAP columns and takes UTF-8 without making
/// strings. Set every column of a row (or its NULL), then call <see cref="EndRow"/>. Use it inside a transaction and
/// <see cref="Flush"/> before its commit; after any failure dispose it and make another. Bytes that are not UTF-8 are
/// stored with U+FFFD in their place. Not thread-safe.
/// </summary>
internal sealed unsafe class ChunkAppender : IDisposable
{
    private const int RowsPerChunk = 2048;
    private const int InlinedBytes = 12;
    private const int ElementsPerRow = 8;

    private readonly DuckDB.NET.Native.DuckDBAppender _appender;
    private readonly DuckDBDataChunk _chunk;
    private readonly DuckDBLogicalType[] _types;
    private readonly Target[] _columns;
    private int _row;

    public ChunkAppender(DuckConnection connection, string catalog, string table)
    {
        if (Appender.DuckDBAppenderCreateExt(connection.Handle, catalog, "main", table, out _appender) != DuckDBState.Success)
        {
            var message = Error();
            _appender.Dispose();
            throw new DuckException(message);
        }

        var columns = (int)Appender.DuckDBAppenderColumnCount(_appender);
        _types = new DuckDBLogicalType[columns];
        _columns = new Target[columns];
        var handles = new nint[columns];
        for (var column = 0; column < columns; column++)
        {
            _types[column] = Appender.DuckDBAppenderColumnType(_appender, (ulong)column);
            _columns[column].Type = LogicalType.DuckDBGetTypeId(_types[column]);
            handles[column] = _types[column].DangerousGetHandle();
        }

        _chunk = DataChunks.DuckDBCreateDataChunk(handles, (ulong)columns);
        StartChunk();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Int64(int column, long value) => ((long*)_columns[column].Data)[_row] = value;

    public void UInt64(int column, ulong value) => ((ulong*)_columns[column].Data)[_row] = value;

    public void Int32(int column, int value) => ((int*)_columns[column].Data)[_row] = value;

    public void UInt32(int column, uint value) => ((uint*)_columns[column].Data)[_row] = value;

    public void UInt8(int column, byte value) => _columns[column].Data[_row] = value;

    /// <summary>A UUID, or NULL for an empty id. The engine keeps UUIDs as signed numbers with the top bit flipped.</summary>
    public void TraceId(int column, TraceId id)
    {
        if (id.IsEmpty)
        {
            Null(column);
            return;
        }

        var words = (ulong*)_columns[column].Data + (2 * _row);
        words[0] = id.Low;
        words[1] = id.High ^ 0x8000_0000_0000_0000;
    }

    /// <summary>A span id, or NULL for an empty one.</summary>
    public void SpanId(int column, SpanId id)
    {
        if (id.IsEmpty)
        {
            Null(column);
        }
        else
        {
            UInt64(column, id.Value);
        }
    }

    public void Text(int column, ReadOnlySpan<byte> text) => Put(_columns[column].Vector, _columns[column].Data, _row, text);

    /// <summary>Text, or NULL for an empty one.</summary>
    public void TextOrNull(int column, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Null(column);
        }
        else
        {
            Text(column, text);
        }
    }

    public void Blob(int column, ReadOnlySpan<byte> bytes) => PutValid(_columns[column].Vector, _columns[column].Data, _row, bytes);

    public void Null(int column)
    {
        ref var target = ref _columns[column];
        if (target.Validity == null)
        {
            Vectors.DuckDBVectorEnsureValidityWritable(target.Vector);
            target.Validity = Vectors.DuckDBVectorGetValidity(target.Vector);
        }

        target.Validity[_row >> 6] &= ~(1UL << (_row & 63));
    }

    /// <summary>Adds an entry to the MAP of the current row; its keys must differ.</summary>
    public void Entry(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ref var target = ref _columns[column];
        var index = NextElement(ref target);
        Put(target.Keys, target.KeyData, index, key);
        Put(target.Elements, target.ElementData, index, value);
    }

    /// <summary>Adds an element to the LIST of the current row.</summary>
    public void Element(int column, ReadOnlySpan<byte> value)
    {
        ref var target = ref _columns[column];
        Put(target.Elements, target.ElementData, NextElement(ref target), value);
    }

    public void EndRow()
    {
        foreach (ref var target in _columns.AsSpan())
        {
            if (target.IsNested)
            {
                var entry = (ulong*)target.Data + (2 * _row);
                entry[0] = (ulong)target.RowStart;
                entry[1] = (ulong)(target.Used - target.RowStart);
                target.RowStart = target.Used;
            }
        }

        if (++_row == RowsPerChunk)
        {
            AppendChunk();
        }
    }

    /// <summary>Hands all rows to the transaction.</summary>
    public void Flush()
    {
        AppendChunk();
        if (Appender.DuckDBAppenderFlush(_appender) != DuckDBState.Success)
        {
            throw new DuckException(Error());
        }
    }

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
        foreach (var type in _types)
        {
            type.Dispose();
        }
    }

    private static void Put(nint vector, byte* data, int row, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            PutValid(vector, data, row, text);
        }
        else
        {
            PutValid(vector, data, row, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));
        }
    }

    private static void PutValid(nint vector, byte* data, int row, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= InlinedBytes)
        {
            var entry = new Span<byte>(data + (16L * row), 16);
            entry.Clear();
            entry[0] = (byte)bytes.Length;
            bytes.CopyTo(entry[4..]);
            return;
        }

        fixed (byte* start = bytes)
        {
            Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)row, start, bytes.Length);
        }
    }

    private static int NextElement(ref Target target)
    {
        if (target.Used == target.Capacity)
        {
            Reserve(ref target, target.Capacity * 2);
        }

        return target.Used++;
    }

    private static void Reserve(ref Target target, int capacity)
    {
        if (Vectors.DuckDBListVectorReserve(target.Vector, (ulong)capacity) != DuckDBState.Success)
        {
            throw new DuckException("The engine has no memory for the attributes of this write.");
        }

        target.Capacity = capacity;
        var child = Vectors.DuckDBListVectorGetChild(target.Vector);
        if (target.Type == DuckDBType.Map)
        {
            target.Keys = Vectors.DuckDBStructVectorGetChild(child, 0);
            target.KeyData = (byte*)Vectors.DuckDBVectorGetData(target.Keys);
            child = Vectors.DuckDBStructVectorGetChild(child, 1);
        }

        target.Elements = child;
        target.ElementData = (byte*)Vectors.DuckDBVectorGetData(child);
    }

    private void AppendChunk()
    {
        if (_row == 0)
        {
            return;
        }

        foreach (ref var target in _columns.AsSpan())
        {
            if (target.IsNested)
            {
                Vectors.DuckDBListVectorSetSize(target.Vector, (ulong)target.Used);
            }
        }

        DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)_row);
        if (Appender.DuckDBAppendDataChunk(_appender, _chunk) != DuckDBState.Success)
        {
            throw new DuckException(Error());
        }

        DataChunks.DuckDBDataChunkReset(_chunk);
        StartChunk();
    }

    // A reset chunk has new vectors, so every pointer is fetched again.
    private void StartChunk()
    {
        _row = 0;
        for (var column = 0; column < _columns.Length; column++)
        {
            ref var target = ref _columns[column];
            target.Vector = DataChunks.DuckDBDataChunkGetVector(_chunk, column);
            target.Data = (byte*)Vectors.DuckDBVectorGetData(target.Vector);
            target.Validity = null;
            target.Used = 0;
            target.RowStart = 0;
            if (target.IsNested)
            {
                Reserve(ref target, RowsPerChunk * ElementsPerRow);
            }
        }
    }

    private string Error()
    {
        using var error = Appender.DuckDBAppenderErrorData(_appender);
        return ErrorData.DuckDBErrorDataMessage(error) ?? "The engine refused to append.";
    }

    private struct Target
    {
        public DuckDBType Type;
        public nint Vector;
        public byte* Data;
        public ulong* Validity;
        public nint Keys;
        public byte* KeyData;
        public nint Elements;
        public byte* ElementData;
        public int Used;
        public int Capacity;
        public int RowStart;

        public readonly bool IsNested => Type is DuckDBType.Map or DuckDBType.List;
    }
}
