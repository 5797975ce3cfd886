using System.Runtime.InteropServices;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Tells in which blocks of a file's rows a trace may lie, so that looking for it reads a few thousand ids and not all. It is
/// made from the rows themselves, in memory, a block at a time; rows it does not know yet are simply searched. Spans of a trace
/// come together, so a block has far fewer traces than rows, and 4 bytes of each are enough. Reading is thread-safe, and one
/// thread at a time may extend it.
/// </summary>
internal sealed class TraceIndex
{
    public const int BlockRows = 20_480;
    private const int BlocksAtOnce = 8;

    // More places make a statement longer than what they save.
    private const int MaxPlaces = 64;

    private Block[] _blocks = [];

    /// <summary>Rows it knows, which are the file's first.</summary>
    public long Rows => (long)Volatile.Read(ref _blocks).Length * BlockRows;

    /// <summary>Memory it takes, roughly.</summary>
    public long Bytes { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Volatile.Write(ref _blocks, []);
        Bytes = 0;
    }

    /// <summary>Where spans of the traces that start inside the range may be, in order of the rows; what is not known yet comes last.</summary>
    public List<RowPlace> PlacesOf(SignalFile file, IReadOnlyCollection<TraceId> traces, TimeRange near)
    {
        var keys = traces.Select(KeyOf).ToArray();
        var blocks = Volatile.Read(ref _blocks);
        var places = new List<RowPlace>();
        for (var index = 0; index < blocks.Length; index++)
        {
            ref readonly var block = ref blocks[index];
            if (block.OldestNanos >= near.EndNanos || block.NewestNanos < near.StartNanos || !block.MayHold(keys))
            {
                continue;
            }

            var first = (long)index * BlockRows;
            var place = new RowPlace(file, first, first + BlockRows - 1, block.FirstSequence, block.LastSequence);
            if (places.Count > 0 && places[^1].LastRow == first - 1)
            {
                places[^1] = places[^1].With(place);
            }
            else
            {
                places.Add(place);
            }
        }

        while (places.Count > MaxPlaces)
        {
            places = [.. places.Chunk(2).Select(pair => pair[0].With(pair[^1]))];
        }

        places.Add(new RowPlace(file, (long)blocks.Length * BlockRows, long.MaxValue, blocks.Length == 0 ? 0 : blocks[^1].LastSequence, long.MaxValue));
        return places;
    }

    /// <summary>Reads the next blocks that are full; false when there is none.</summary>
    public bool Extend(DuckConnection connection, string file, string table)
    {
        var blocks = _blocks;
        var first = (long)blocks.Length * BlockRows;
        var read = new BlockReader[BlocksAtOnce];
        for (var index = 0; index < read.Length; index++)
        {
            read[index] = new BlockReader();
        }

        using (var rows = connection.Query(
            $"SELECT rowid, seq, time_ns, trace_id FROM {file}.{table} WHERE seq >= $1 AND rowid >= $2 AND rowid < $3",
            [SqlValue.Of(blocks.Length == 0 ? 0 : blocks[^1].LastSequence), SqlValue.Of(first), SqlValue.Of(first + (BlocksAtOnce * BlockRows))],
            CancellationToken.None))
        {
            while (rows.NextChunk())
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    read[(rows.Column(0).Int64(row) - first) / BlockRows].Add(rows.Column(1).Int64(row), rows.Column(2).Int64(row), rows.Column(3).TraceId(row));
                }
            }
        }

        // A block of which rows are still to come is left for later.
        Block[] full = [.. read.TakeWhile(block => block.Rows == BlockRows).Select(block => block.Build())];
        Bytes += full.Sum(block => block.Bytes);
        Volatile.Write(ref _blocks, [.. blocks, .. full]);
        return full.Length > 0;
    }

    // Ids are random in most of their bits; where they are not, more blocks are searched than need be.
    private static uint KeyOf(TraceId id)
    {
        var mixed = (id.High * 0x9E3779B97F4A7C15) ^ id.Low;
        return (uint)(mixed ^ (mixed >> 32));
    }

    private readonly record struct Block(uint[] Keys, long FirstSequence, long LastSequence, long OldestNanos, long NewestNanos)
    {
        private const int BytesBeside = 64;

        public long Bytes => (Keys.Length * sizeof(uint)) + BytesBeside;

        public bool MayHold(ReadOnlySpan<uint> keys)
        {
            foreach (var key in keys)
            {
                if (Array.BinarySearch(Keys, key) >= 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class BlockReader
    {
        private readonly List<uint> _keys = [];
        private TraceId _last;
        private long _firstSequence = long.MaxValue;
        private long _lastSequence = long.MinValue;
        private long _oldest = long.MaxValue;
        private long _newest = long.MinValue;

        public int Rows { get; private set; }

        public void Add(long sequence, long nanos, TraceId trace)
        {
            Rows++;
            (_firstSequence, _lastSequence) = (Math.Min(_firstSequence, sequence), Math.Max(_lastSequence, sequence));
            (_oldest, _newest) = (Math.Min(_oldest, nanos), Math.Max(_newest, nanos));
            if (!trace.IsEmpty && trace != _last)
            {
                _last = trace;
                _keys.Add(KeyOf(trace));
            }
        }

        public Block Build()
        {
            var keys = CollectionsMarshal.AsSpan(_keys);
            keys.Sort();
            var distinct = 0;
            for (var index = 0; index < keys.Length; index++)
            {
                if (index == 0 || keys[index] != keys[index - 1])
                {
                    keys[distinct++] = keys[index];
                }
            }

            return new Block(keys[..distinct].ToArray(), _firstSequence, _lastSequence, _oldest, _newest);
        }
    }
}
