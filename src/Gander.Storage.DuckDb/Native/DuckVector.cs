using Gander.Telemetry;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>One column of a chunk, read in place. Valid as long as its chunk; the caller knows the type and checks for NULL.</summary>
internal readonly unsafe struct DuckVector
{
    private const ulong UuidSignBit = 0x8000_0000_0000_0000;
    private const int InlinedBytes = 12;

    private readonly nint _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;

    internal DuckVector(nint vector)
    {
        _vector = vector;
        _data = (byte*)Vectors.DuckDBVectorGetData(vector);
        _validity = Vectors.DuckDBVectorGetValidity(vector);
    }

    /// <summary>The keys of a MAP column, indexed by what <see cref="List"/> gives.</summary>
    public DuckVector MapKeys => new(Vectors.DuckDBStructVectorGetChild(Vectors.DuckDBListVectorGetChild(_vector), 0));

    /// <summary>The values of a MAP column.</summary>
    public DuckVector MapValues => new(Vectors.DuckDBStructVectorGetChild(Vectors.DuckDBListVectorGetChild(_vector), 1));

    /// <summary>The elements of a LIST column.</summary>
    public DuckVector Elements => new(Vectors.DuckDBListVectorGetChild(_vector));

    public bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    public long Int64(int row) => ((long*)_data)[row];

    public ulong UInt64(int row) => ((ulong*)_data)[row];

    /// <summary>A HUGEINT, as sums of whole numbers are.</summary>
    public Int128 Int128(int row) => new(((ulong*)_data)[(2 * row) + 1], ((ulong*)_data)[2 * row]);

    public int Int32(int row) => ((int*)_data)[row];

    public uint UInt32(int row) => ((uint*)_data)[row];

    public byte UInt8(int row) => _data[row];

    public bool Bool(int row) => _data[row] != 0;

    public double Double(int row) => ((double*)_data)[row];

    /// <summary>A UUID as a trace id; empty for NULL.</summary>
    public TraceId TraceId(int row) =>
        IsNull(row) ? default : new TraceId(((ulong*)_data)[(2 * row) + 1] ^ UuidSignBit, ((ulong*)_data)[2 * row]);

    /// <summary>The bytes of a VARCHAR or BLOB; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        if (IsNull(row))
        {
            return default;
        }

        var entry = _data + (16L * row);
        var length = *(int*)entry;
        return new ReadOnlySpan<byte>(length <= InlinedBytes ? entry + 4 : *(byte**)(entry + 8), length);
    }

    /// <summary>Where a LIST or MAP lies among its elements; empty for NULL.</summary>
    public (int Start, int Length) List(int row) =>
        IsNull(row) ? default : ((int)((ulong*)_data)[2 * row], (int)((ulong*)_data)[(2 * row) + 1]);
}
