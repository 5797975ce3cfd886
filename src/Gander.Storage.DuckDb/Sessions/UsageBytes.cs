using System.Buffers;
using System.Text;
using Gander.Sessions.Usage;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Writes the usage of a session as bytes, six to twenty a row: its texts once, then its sums, then its rows, of which each
/// says by bits which of its numbers are not zero. <see cref="UsageCursor"/> reads them.
/// </summary>
internal static class UsageBytes
{
    /// <summary>The version of what is written, which is its first byte and part of the table's name.</summary>
    public const byte Version = 2;

    /// <summary>How many numbers a row may have.</summary>
    public const int Fields = (int)UsageField.PullRequests + 1;

    /// <summary>The bit of a row's flags that says that the agent reported its cost.</summary>
    public const ulong Reported = 1;

    /// <summary>The bit of a row's flags that says that it has a price.</summary>
    public const ulong Priced = 2;

    /// <summary>Where in the flags the bits of the numbers begin.</summary>
    public const int FieldShift = 2;

    /// <summary>What an absurd count of tokens is held to, so that no sum of them leaves the numbers.</summary>
    private const long Most = 1_000_000_000_000_000;

    /// <summary>The bytes of the usage of a session.</summary>
    public static byte[] Encode(SessionUsage usage)
    {
        var texts = new Texts();
        var table = texts.Place(usage.PriceTable);
        var empty = texts.Place("");
        var sums = new ArrayBufferWriter<byte>(64);
        var summed = Sum(usage.Rows);
        foreach (var (flags, numbers) in summed)
        {
            WriteRow(sums, 0, empty, empty, empty, flags, numbers);
        }

        var rows = new ArrayBufferWriter<byte>(16 * (usage.Rows.Count + 1));
        Span<long> values = stackalloc long[Fields];
        var before = 0L;
        foreach (var row in usage.Rows)
        {
            Numbers(row, values);
            WriteRow(rows, unchecked(row.StartNanos - before), texts.Place(row.Model), texts.Place(row.Provider), texts.Place(row.Tool), Flags(row), values);
            before = row.StartNanos;
        }

        var bytes = new ArrayBufferWriter<byte>(rows.WrittenCount + sums.WrittenCount + 256);
        bytes.Write([Version]);
        texts.WriteTo(bytes);
        Write(bytes, table);
        Write(bytes, (ulong)summed.Count);
        Write(bytes, (ulong)sums.WrittenCount);
        bytes.Write(sums.WrittenSpan);
        Write(bytes, (ulong)usage.Rows.Count);
        bytes.Write(rows.WrittenSpan);
        return bytes.WrittenSpan.ToArray();
    }

    private static ulong Flags(in UsageRow row) => (row.IsReported ? Reported : 0) | (row.IsPriced ? Priced : 0);

    // Of rows that are alike in what their tokens count as. None where a sum leaves the numbers: then there are only the rows.
    private static List<(ulong Flags, long[] Numbers)> Sum(IReadOnlyList<UsageRow> rows)
    {
        var sums = new List<(ulong Flags, long[] Numbers)>();
        Span<long> values = stackalloc long[Fields];
        foreach (var row in rows)
        {
            var flags = Flags(row);
            var at = sums.FindIndex(sum => sum.Flags == flags);
            if (at < 0)
            {
                at = sums.Count;
                sums.Add((flags, new long[Fields]));
            }

            Numbers(row, values);
            values[(int)UsageField.Band] = 0;
            for (var field = 0; field < Fields; field++)
            {
                var sum = (Int128)sums[at].Numbers[field] + values[field];
                if (sum < long.MinValue || sum > long.MaxValue)
                {
                    return [];
                }

                sums[at].Numbers[field] = (long)sum;
            }
        }

        return sums;
    }

    private static void Numbers(in UsageRow row, Span<long> to)
    {
        to[(int)UsageField.ToolCalls] = row.ToolCalls;
        to[(int)UsageField.ModelCalls] = row.ModelCalls;
        to[(int)UsageField.Input] = Bounded(row.Tokens.Input);
        to[(int)UsageField.Output] = Bounded(row.Tokens.Output);
        to[(int)UsageField.PricedPicos] = row.PricedPicos;
        to[(int)UsageField.Band] = row.Band;
        to[(int)UsageField.ToolFailures] = row.ToolFailures;
        to[(int)UsageField.CacheRead] = Bounded(row.Tokens.CacheRead);
        to[(int)UsageField.CacheWrite] = Bounded(row.Tokens.CacheWrite);
        to[(int)UsageField.Reasoning] = Bounded(row.Tokens.Reasoning);
        to[(int)UsageField.ReportedPicos] = row.ReportedPicos;
        to[(int)UsageField.CacheWriteFiveMinutes] = Bounded(row.Tokens.CacheWriteFiveMinutes);
        to[(int)UsageField.CacheWriteOneHour] = Bounded(row.Tokens.CacheWriteOneHour);
        to[(int)UsageField.ModelErrors] = row.ModelErrors;
        to[(int)UsageField.Turns] = row.Turns;
        to[(int)UsageField.LinesAdded] = row.LinesAdded;
        to[(int)UsageField.LinesRemoved] = row.LinesRemoved;
        to[(int)UsageField.Commits] = row.Commits;
        to[(int)UsageField.PullRequests] = row.PullRequests;
    }

    private static long Bounded(long count) => Math.Clamp(count, -Most, Most);

    private static void WriteRow(ArrayBufferWriter<byte> bytes, long nanos, ulong model, ulong provider, ulong tool, ulong flags, ReadOnlySpan<long> values)
    {
        for (var field = 0; field < Fields; field++)
        {
            flags |= values[field] == 0 ? 0 : 1UL << (field + FieldShift);
        }

        Write(bytes, Signed(nanos));
        Write(bytes, model);
        Write(bytes, provider);
        Write(bytes, tool);
        Write(bytes, flags);
        foreach (var value in values)
        {
            if (value != 0)
            {
                Write(bytes, Signed(value));
            }
        }
    }

    private static ulong Signed(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 128; value >>= 7)
        {
            span[length++] = (byte)(value | 128);
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }

    private sealed class Texts
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<string> _texts = [];

        public ulong Place(string text)
        {
            if (!_places.TryGetValue(text, out var place))
            {
                _places.Add(text, place = _texts.Count);
                _texts.Add(text);
            }

            return (ulong)place;
        }

        public void WriteTo(ArrayBufferWriter<byte> bytes)
        {
            Write(bytes, (ulong)_texts.Count);
            foreach (var text in _texts)
            {
                Write(bytes, (ulong)Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, bytes);
            }
        }
    }
}
