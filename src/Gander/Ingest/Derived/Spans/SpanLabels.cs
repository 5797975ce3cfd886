using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Spans;

/// <summary>
/// Reads the label values of spans as one run of bytes, which is their identity: kind, status, and each text after its length.
/// Allocates nothing for a span. Not thread-safe.
/// </summary>
internal sealed class SpanLabels
{
    private const int MaxValueBytes = 256;
    private const int MaxResources = 10_000;
    private const int FixedTexts = 2;
    private const ushort Absent = ushort.MaxValue;

    // A label that is there anyway needs no dimension, and must not come twice.
    private static readonly string[] Fixed = ["service.name", "ServiceName", "span.name", "SpanName", "span.kind", "status.code"];

    private static readonly string[] Kinds =
        ["SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"];

    private static readonly string[] Statuses = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

    private readonly string[] _names;
    private readonly byte[][] _dimensions;
    private readonly int[] _rows;
    private readonly ulong _lengths;
    private readonly byte[] _bytes;
    private readonly Dictionary<ulong, ResourceTexts> _resources = [];
    private int _length;

    public SpanLabels(IReadOnlyList<string> dimensions)
    {
        _names = [.. dimensions.Except(Fixed, StringComparer.Ordinal)];
        _dimensions = [.. _names.Select(Encoding.UTF8.GetBytes)];
        _rows = new int[_dimensions.Length];
        _bytes = new byte[2 + ((FixedTexts + _dimensions.Length) * (MaxValueBytes + 2))];
        foreach (var dimension in _dimensions)
        {
            _lengths |= 1UL << dimension.Length;
        }
    }

    /// <summary>The label values of the span in <paramref name="row"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(SpanBatch batch, int row)
    {
        var resource = TextsOf(batch.Resources[batch.ResourceIndexes[row]]);
        _bytes[0] = batch.Kinds[row];
        _bytes[1] = batch.StatusCodes[row];
        _length = 2;
        Put(resource.Service);
        Put(Cut(batch.Text[batch.Names[row]]));
        FindDimensions(batch, batch.AttributeRanges[row]);
        for (var dimension = 0; dimension < _rows.Length; dimension++)
        {
            if (_rows[dimension] < 0 || !TryPut(batch, _rows[dimension]))
            {
                PutOrAbsent(resource.Dimensions[dimension]);
            }
        }

        return _bytes.AsSpan(0, _length);
    }

    /// <summary>Adds the labels to a batch as attributes.</summary>
    public RowRange AddTo(MetricBatch points, ReadOnlySpan<byte> labels, LabelKeys keys)
    {
        var attributes = points.Attributes;
        var start = attributes.Count;
        var rest = labels[2..];
        var service = Take(points, ref rest);
        var name = Take(points, ref rest);
        // Both ways to write them: the connector's, and that of the dashboards that ask for ServiceName and SpanName.
        attributes.AddText(keys["service.name"], AttributeKind.String, service);
        attributes.AddText(keys["ServiceName"], AttributeKind.String, service);
        attributes.AddText(keys["span.name"], AttributeKind.String, name);
        attributes.AddText(keys["SpanName"], AttributeKind.String, name);
        attributes.AddText(keys["span.kind"], AttributeKind.String, keys[Kinds[labels[0]]]);
        attributes.AddText(keys["status.code"], AttributeKind.String, keys[Statuses[labels[1]]]);
        foreach (var dimension in _names)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest) == Absent)
            {
                rest = rest[2..];
                continue;
            }

            attributes.AddText(keys[dimension], AttributeKind.String, Take(points, ref rest));
        }

        return new RowRange(start, attributes.Count);
    }

    private static TextRef Take(MetricBatch points, ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        var text = points.Text.Add(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return text;
    }

    // A text that is cut, is cut between two characters.
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxValueBytes)
        {
            return text;
        }

        var end = MaxValueBytes;
        while (end > 0 && (text[end] & 0xc0) == 0x80)
        {
            end--;
        }

        return text[..end];
    }

    private void FindDimensions(SpanBatch batch, RowRange attributes)
    {
        _rows.AsSpan().Fill(-1);
        var keys = batch.Attributes.Keys;
        for (var row = attributes.Start; row < attributes.End; row++)
        {
            var length = keys[row].Length;
            if (length > 63 || ((_lengths >> length) & 1) == 0)
            {
                continue;
            }

            var key = batch.Text[keys[row]];
            for (var dimension = 0; dimension < _dimensions.Length; dimension++)
            {
                if (key.SequenceEqual(_dimensions[dimension]))
                {
                    _rows[dimension] = row;
                    break;
                }
            }
        }
    }

    private bool TryPut(SpanBatch batch, int row)
    {
        var bits = batch.Attributes.Bits[row];
        switch (batch.Attributes.Kinds[row])
        {
            case AttributeKind.String:
                var text = batch.Text[batch.Attributes.Texts[row]];
                // What is longer is not read again after a crash, and is no dimension anyway.
                if (text.IsEmpty || text.Length > MaxValueBytes)
                {
                    return false;
                }

                Put(text);
                return true;
            case AttributeKind.Bool:
                Put(bits != 0 ? "true"u8 : "false"u8);
                return true;
            case AttributeKind.Int:
                Utf8Formatter.TryFormat(bits, _bytes.AsSpan(_length + 2), out var digits);
                PutLength(digits);
                return true;
            case AttributeKind.Double:
                BitConverter.Int64BitsToDouble(bits).TryFormat(_bytes.AsSpan(_length + 2), out var written, provider: CultureInfo.InvariantCulture);
                PutLength(written);
                return true;
            default:
                return false;
        }
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length + 2));
        PutLength(text.Length);
    }

    private void PutOrAbsent(byte[]? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_length), Absent);
            _length += 2;
        }
        else
        {
            Put(text);
        }
    }

    private void PutLength(int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_length), (ushort)length);
        _length += 2 + length;
    }

    private ResourceTexts TextsOf(Resource resource)
    {
        if (_resources.TryGetValue(resource.Id, out var texts))
        {
            return texts;
        }

        if (_resources.Count >= MaxResources)
        {
            _resources.Clear();
        }

        texts = Read(resource);
        _resources.Add(resource.Id, texts);
        return texts;
    }

    private ResourceTexts Read(Resource resource) => new(
        Cut(Encoding.UTF8.GetBytes(resource.ServiceName)).ToArray(),
        [.. _names.Select(name => resource.Text(name) is { Length: > 0 } text ? Cut(Encoding.UTF8.GetBytes(text)).ToArray() : null)]);

    private sealed record ResourceTexts(byte[] Service, byte[]?[] Dimensions);
}
