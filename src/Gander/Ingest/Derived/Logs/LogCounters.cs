using System.Buffers.Text;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Logs;

/// <summary>
/// Finds the counters of log records. Nearly all records match no rule and cost a look at their keys; a record like an earlier
/// one allocates nothing. Not thread-safe.
/// </summary>
internal sealed class LogCounters(IReadOnlyList<LogMetricRule> rules, int maxCounters)
{
    private const int MaxLabelBytes = 256;
    private const int MaxNameBytes = 200;

    private readonly Dictionary<UInt128, LogCounter> _counters = [];
    private readonly XxHash128 _hash = new(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)));

    /// <summary>The counters.</summary>
    public IReadOnlyCollection<LogCounter> All => _counters.Values;

    /// <summary>Records that were not counted as there were too many counters, since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>Adds what the record in <paramref name="row"/> counts to a slice.</summary>
    public void Read(LogBatch batch, int row, LogSlice slice)
    {
        var range = batch.AttributeRanges[row];
        var keys = batch.Attributes.Keys;
        for (var attribute = range.Start; attribute < range.End; attribute++)
        {
            var key = batch.Text[keys[attribute]];
            foreach (var rule in rules)
            {
                if (rule.Matches(key))
                {
                    Count(batch, row, attribute, rule, slice);
                    break;
                }
            }
        }
    }

    /// <summary>Forgets counters; what comes later begins anew.</summary>
    public void Remove(Func<LogCounter, bool> isOver)
    {
        foreach (var (key, counter) in _counters)
        {
            if (isOver(counter))
            {
                _counters.Remove(key);
            }
        }
    }

    private static bool TryNumber(LogBatch batch, int attribute, out double value)
    {
        var bits = batch.Attributes.Bits[attribute];
        switch (batch.Attributes.Kinds[attribute])
        {
            case AttributeKind.Int:
                value = bits;
                break;
            case AttributeKind.Double:
                value = BitConverter.Int64BitsToDouble(bits);
                break;
            case AttributeKind.String:
                var text = batch.Text[batch.Attributes.Texts[attribute]];
                if (!Utf8Parser.TryParse(text, out value, out var read) || read != text.Length)
                {
                    return false;
                }

                break;
            default:
                value = 0;
                break;
        }

        // A counter of what only grows.
        return value >= 0 && double.IsFinite(value);
    }

    private void Count(LogBatch batch, int row, int attribute, LogMetricRule rule, LogSlice slice)
    {
        var key = batch.Text[batch.Attributes.Keys[attribute]];
        if (key.Length > MaxNameBytes || !TryNumber(batch, attribute, out var value))
        {
            return;
        }

        if (Find(batch, row, key, rule) is { } counter)
        {
            slice.Add(counter, value, batch.EffectiveNanos(row));
        }
        else
        {
            Dropped++;
        }
    }

    private LogCounter? Find(LogBatch batch, int row, ReadOnlySpan<byte> key, LogMetricRule rule)
    {
        var resource = batch.Resources[batch.ResourceIndexes[row]];
        Span<int> rows = stackalloc int[rule.Labels.Count];
        FindLabels(batch, batch.AttributeRanges[row], rule, rows);

        _hash.Reset();
        Span<byte> number = stackalloc byte[8];
        Append(number, (long)resource.Id);
        Append(number, key.Length);
        _hash.Append(key);
        for (var label = 0; label < rows.Length; label++)
        {
            if (rows[label] >= 0)
            {
                Append(number, label);
                Append(number, (long)batch.Attributes.Kinds[rows[label]]);
                Append(number, batch.Attributes.Bits[rows[label]]);
                var text = batch.Text[batch.Attributes.Texts[rows[label]]];
                Append(number, text.Length);
                _hash.Append(text);
            }
        }

        var identity = _hash.GetCurrentHashAsUInt128();
        if (_counters.TryGetValue(identity, out var counter) || _counters.Count >= maxCounters)
        {
            return counter;
        }

        counter = new LogCounter(rule.NameOf(key), resource, Labels(batch, rule, rows));
        _counters.Add(identity, counter);
        return counter;
    }

    private void Append(Span<byte> number, long value)
    {
        BitConverter.TryWriteBytes(number, value);
        _hash.Append(number);
    }

    // Long texts are no labels, and are not read again after a crash.
    private static void FindLabels(LogBatch batch, RowRange attributes, LogMetricRule rule, Span<int> rows)
    {
        rows.Fill(-1);
        var keys = batch.Attributes.Keys;
        for (var row = attributes.Start; row < attributes.End; row++)
        {
            if (batch.Attributes.Kinds[row] is AttributeKind.Empty or AttributeKind.Array or AttributeKind.Map || batch.Attributes.Texts[row].Length > MaxLabelBytes)
            {
                continue;
            }

            var key = batch.Text[keys[row]];
            for (var label = 0; label < rows.Length; label++)
            {
                if (key.SequenceEqual(rule.Labels[label]))
                {
                    rows[label] = row;
                    break;
                }
            }
        }
    }

    private static List<KeyValuePair<string, AttributeValue>> Labels(LogBatch batch, LogMetricRule rule, ReadOnlySpan<int> rows)
    {
        var labels = new List<KeyValuePair<string, AttributeValue>>();
        for (var label = 0; label < rows.Length; label++)
        {
            if (rows[label] >= 0)
            {
                labels.Add(new(
                    Encoding.UTF8.GetString(rule.Labels[label]),
                    new AttributeValue(batch.Attributes.Kinds[rows[label]], batch.Attributes.Bits[rows[label]], batch.Text.ToString(batch.Attributes.Texts[rows[label]]))));
            }
        }

        return labels;
    }
}
