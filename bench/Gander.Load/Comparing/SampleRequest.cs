using System.Buffers.Binary;
using System.Text;
using Gander.Load.Wire;
using Snappier;

namespace Gander.Load.Comparing;

/// <summary>
/// A remote write 1.0 request with a sample of each series of some instances. Labels are written once; afterwards only times
/// and values are put in their places, so that building requests takes little CPU from the servers. Not thread-safe.
/// </summary>
internal sealed class SampleRequest
{
    private const int TimeBytes = 6;
    private const int SecondsAMinute = 60;
    private const int SecondsApart = 7;

    private readonly byte[] _plain;
    private readonly List<int> _places = [];
    private readonly int _first;
    private readonly int _count;

    /// <summary>Makes the request of <paramref name="count"/> instances; times must be of <paramref name="anyMillis"/>'s size, as those of this century are.</summary>
    public SampleRequest(int first, int count, long anyMillis)
    {
        (_first, _count) = (first, count);
        var writer = new ProtobufWriter();
        var ends = new List<int>();
        for (var instance = first; instance < first + count; instance++)
        {
            foreach (var labels in DashboardSeries.LabelsOf(instance))
            {
                var series = writer.Begin(1);
                foreach (var (name, value) in labels)
                {
                    var label = writer.Begin(1);
                    writer.Bytes(1, Encoding.UTF8.GetBytes(name));
                    writer.Bytes(2, Encoding.UTF8.GetBytes(value));
                    writer.End(label);
                }

                var sample = writer.Begin(2);
                writer.Real(1, 0);
                writer.Integer(2, anyMillis);
                writer.End(sample);
                writer.End(series);

                // A message may have been moved when it ended: places are counted from its end, which is where the sample ends.
                _places.Add(writer.Written.Length - TimeBytes - 1 - sizeof(double));
            }
        }

        _plain = writer.Written.ToArray();
    }

    public int Samples => _places.Count;

    public int PlainLength => _plain.Length;

    /// <summary>The compressed request of the minute that begins at <paramref name="minuteMillis"/>; each instance has a moment of its own in it.</summary>
    public byte[] Build(DashboardSeries series, long minute, long minuteMillis)
    {
        var place = 0;
        for (var instance = _first; instance < _first + _count; instance++)
        {
            var timeMillis = minuteMillis + (instance * SecondsApart % SecondsAMinute * 1_000L);
            foreach (var value in series.Tick(instance, minute, timeMillis / 1_000))
            {
                var at = _places[place++];
                BinaryPrimitives.WriteDoubleLittleEndian(_plain.AsSpan(at), value);
                WriteTime(_plain.AsSpan(at + sizeof(double) + 1, TimeBytes), timeMillis);
            }
        }

        return Snappy.CompressToArray(_plain);
    }

    private static void WriteTime(Span<byte> bytes, long millis)
    {
        for (var i = 0; i < bytes.Length; i++, millis >>= 7)
        {
            bytes[i] = (byte)((millis & 0x7f) | (i < bytes.Length - 1 ? 0x80 : 0L));
        }
    }
}
