using System.Buffers;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Where the text of a JSON reader lies: in <see cref="Text"/>'s body, from <see cref="Offset"/> on.</summary>
internal readonly ref struct JsonSource(TextSource text, int offset)
{
    /// <summary>The body and what was added to it.</summary>
    public TextSource Text { get; } = text;

    /// <summary>Where in the body the reader began.</summary>
    public int Offset { get; } = offset;

    /// <summary>The string the reader stands on, left where it is unless it is escaped; empty for null.</summary>
    public TextRef ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            JsonFields.Throw(reader, "a string is expected");
        }

        if (!reader.ValueIsEscaped)
        {
            return Text.Valid(new TextRef(Offset + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        }

        var start = Text.Added.Length;
        var raw = reader.ValueSpan;
        var target = Text.Added.GetSpan(raw.Length);
        var length = JsonEscapes.Decode(raw, target);
        if (Utf8Text.IsValid(target[..length]))
        {
            Text.Added.Advance(length);
            return Text.Added.Since(start);
        }

        var copy = target[..length].ToArray();
        Utf8Text.AppendRepaired(copy, Text.Added);
        return Text.Added.Since(start);
    }

    /// <summary>Writes the string the reader stands on to <paramref name="json"/>.</summary>
    public static void CopyText(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            JsonFields.Throw(reader, "a string is expected");
        }

        if (!reader.ValueIsEscaped)
        {
            ValueText.WriteString(json, reader.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var length = JsonEscapes.Decode(reader.ValueSpan, buffer);
        ValueText.WriteString(json, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
