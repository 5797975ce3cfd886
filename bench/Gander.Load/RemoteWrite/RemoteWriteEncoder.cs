using Gander.Load.Wire;
using Snappier;

namespace Gander.Load.RemoteWrite;

/// <summary>Writes remote write requests of both versions. Not thread-safe.</summary>
internal sealed class RemoteWriteEncoder(List<byte[][]> series, int version)
{
    private readonly ProtobufWriter _writer = new();
    private readonly Dictionary<byte[], int> _symbols = [];
    private readonly Dictionary<string, byte[]> _interned = new(StringComparer.Ordinal);

    /// <summary>The compressed request with one sample at <paramref name="timeMillis"/> of each of some series, and its size before.</summary>
    public (byte[] Body, int PlainLength) Encode(int first, int count, int round, long timeMillis)
    {
        _writer.Clear();
        _symbols.Clear();
        for (var i = first; i < first + count; i++)
        {
            var start = _writer.Begin(version == 1 ? 1 : 5);
            if (version == 1)
            {
                WriteLabels(series[i]);
            }
            else
            {
                WriteReferences(series[i]);
            }

            var sample = _writer.Begin(2);
            _writer.Real(1, Value(i, round));
            _writer.Integer(2, timeMillis);
            _writer.End(sample);
            _writer.End(start);
        }

        if (version == 2)
        {
            _writer.Bytes(4, []);
            foreach (var (symbol, _) in _symbols.OrderBy(entry => entry.Value))
            {
                _writer.Bytes(4, symbol);
            }
        }

        return (Snappy.CompressToArray(_writer.Written), _writer.Written.Length);
    }

    // A counter that grows by its own step with a little noise.
    private static double Value(int index, int round) => (round * (1 + (index % 7))) + ((index * 31 + round * 17) % 5);

    private void WriteLabels(byte[][] labels)
    {
        for (var i = 0; i < labels.Length; i += 2)
        {
            var label = _writer.Begin(1);
            _writer.Bytes(1, labels[i]);
            _writer.Bytes(2, labels[i + 1]);
            _writer.End(label);
        }
    }

    private void WriteReferences(byte[][] labels)
    {
        var references = new List<int>(labels.Length);
        foreach (var text in labels)
        {
            var symbol = Intern(text);
            if (!_symbols.TryGetValue(symbol, out var number))
            {
                number = _symbols.Count + 1;
                _symbols.Add(symbol, number);
            }

            references.Add(number);
        }

        _writer.PackedIntegers(1, references);
    }

    private byte[] Intern(byte[] text)
    {
        var key = System.Text.Encoding.UTF8.GetString(text);
        if (!_interned.TryGetValue(key, out var known))
        {
            _interned.Add(key, known = text);
        }

        return known;
    }
}
