using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes OTLP's JSON: lower camel case names, 64-bit integers as strings, ids in hex, enumerations as numbers.</summary>
internal sealed class JsonOtlpWriter : OtlpWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);
    private readonly Utf8JsonWriter _writer;

    public JsonOtlpWriter()
    {
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _writer.WriteStartObject();
    }

    public override int Length => (int)(_writer.BytesCommitted + _writer.BytesPending);

    public override void BeginMessage(OtlpField field) => _writer.WriteStartObject(field.Name);

    public override void EndMessage() => _writer.WriteEndObject();

    public override void BeginList(OtlpField field) => _writer.WriteStartArray(field.Name);

    public override void BeginItem(OtlpField field) => _writer.WriteStartObject();

    public override void EndList() => _writer.WriteEndArray();

    public override void String(OtlpField field, string value) => _writer.WriteString(field.Name, value);

    public override void Bool(OtlpField field, bool value) => _writer.WriteBoolean(field.Name, value);

    public override void Int64(OtlpField field, long value) => _writer.WriteString(field.Name, value.ToString(CultureInfo.InvariantCulture));

    public override void Fixed64(OtlpField field, ulong value) => _writer.WriteString(field.Name, value.ToString(CultureInfo.InvariantCulture));

    public override void Fixed32(OtlpField field, uint value) => _writer.WriteNumber(field.Name, value);

    public override void Double(OtlpField field, double value)
    {
        _writer.WritePropertyName(field.Name);
        WriteDouble(value);
    }

    public override void UInt32(OtlpField field, uint value) => _writer.WriteNumber(field.Name, value);

    public override void Id(OtlpField field, string hex) => _writer.WriteString(field.Name, hex);

    public override void Fixed64List(OtlpField field, ReadOnlySpan<ulong> values)
    {
        _writer.WriteStartArray(field.Name);
        foreach (var value in values)
        {
            _writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }

        _writer.WriteEndArray();
    }

    public override void DoubleList(OtlpField field, ReadOnlySpan<double> values)
    {
        _writer.WriteStartArray(field.Name);
        foreach (var value in values)
        {
            WriteDouble(value);
        }

        _writer.WriteEndArray();
    }

    public override byte[] Finish()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public override void Dispose() => _writer.Dispose();

    // Protobuf's JSON mapping has strings for what JSON's numbers cannot say.
    private void WriteDouble(double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteNumberValue(value);
        }
        else
        {
            _writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
