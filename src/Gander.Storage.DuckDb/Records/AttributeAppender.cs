using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>
/// Spreads the attributes of one record over its columns: promoted ones, long texts, and the map of the rest. Of a key that
/// comes twice, the last value is kept. Allocates nothing a record once its buffers have grown. Not thread-safe.
/// </summary>
internal sealed class AttributeAppender : IDisposable
{
    private const int MaxPairwise = 48;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _encoded = new(256);
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;

    public AttributeAppender() => _writer = new Utf8JsonWriter(_json, JsonOptions);

    /// <summary>Sets every attribute column of the current row.</summary>
    public void Append(ChunkAppender to, TelemetryBatch batch, RowRange range)
    {
        var attributes = batch.Attributes;
        var repeated = FindRepeated(batch, range);
        var promoted = 0;
        TextRef? sessionId = null;
        TextRef? conversationId = null;
        TextRef plainId = default;
        var longTexts = default(LongSlots);
        for (var row = range.Start; row < range.End; row++)
        {
            if (repeated is not null && repeated.Contains(row))
            {
                continue;
            }

            var key = batch.Text[attributes.Keys[row]];
            var kind = attributes.Kinds[row];
            var text = attributes.Texts[row];
            var column = PromotedColumns.Find(key, kind, text.Length);
            switch (column)
            {
                case PromotedColumns.None when LongText.Is(key, kind, text.Length):
                    AppendLong(to, ref longTexts, key, Encode(batch, row));
                    break;
                case PromotedColumns.None:
                    to.Entry(SharedColumns.Attributes, key, Encode(batch, row));
                    break;
                case PromotedColumns.SessionId:
                    sessionId = text;
                    break;
                case PromotedColumns.ConversationId:
                    conversationId = text;
                    break;
                case PromotedColumns.PlainConversationId:
                    plainId = text;
                    to.Entry(SharedColumns.Attributes, key, Encode(batch, row));
                    break;
                default:
                    promoted |= 1 << column;
                    AppendPromoted(to, column, kind, attributes.Bits[row], batch.Text[text]);
                    break;
            }
        }

        AppendMissing(to, promoted);
        AppendSession(to, batch, sessionId, conversationId, plainId);
        EndLong(to, longTexts);
    }

    /// <summary>The attributes as a JSON array <c>[["key","encoded"],…]</c>, for events and links.</summary>
    public void WriteJson(Utf8JsonWriter writer, TelemetryBatch batch, RowRange range)
    {
        writer.WriteStartArray();
        for (var row = range.Start; row < range.End; row++)
        {
            writer.WriteStartArray();
            WriteText(writer, batch.Text[batch.Attributes.Keys[row]]);
            WriteText(writer, Encode(batch, row));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes UTF-8 as a JSON string; what is no UTF-8 becomes U+FFFD.</summary>
    public static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(text));
        }
    }

    public void Dispose() => _writer.Dispose();

    private static void AppendPromoted(ChunkAppender to, int column, AttributeKind kind, long bits, ReadOnlySpan<byte> text)
    {
        if (kind == AttributeKind.Int)
        {
            to.Int64(SharedColumns.FirstPromoted + column, bits);
        }
        else
        {
            to.Text(SharedColumns.FirstPromoted + column, text);
        }
    }

    private static void AppendMissing(ChunkAppender to, int promoted)
    {
        for (var column = 0; column < PromotedColumns.Count; column++)
        {
            if ((promoted & (1 << column)) == 0)
            {
                to.Null(SharedColumns.FirstPromoted + column);
            }
        }
    }

    private static void AppendSession(ChunkAppender to, TelemetryBatch batch, TextRef? sessionId, TextRef? conversationId, TextRef plainId)
    {
        var session = batch.Text[sessionId ?? default];
        var conversation = batch.Text[conversationId ?? default];
        var named = session.IsEmpty ? conversation : session;
        var isConversation = !conversation.IsEmpty && conversation.SequenceEqual(named);
        to.TextOrNull(SharedColumns.Session, named.IsEmpty ? batch.Text[plainId] : named);
        to.UInt8(SharedColumns.SessionSource, (byte)(
            (session.IsEmpty ? 0 : SharedColumns.FromSessionId)
            | (isConversation ? SharedColumns.FromConversationId : 0)
            | (sessionId is not null && session.IsEmpty ? SharedColumns.EmptySessionId : 0)));
        if (conversationId is null || isConversation)
        {
            to.Null(SharedColumns.Conversation);
        }
        else
        {
            to.Text(SharedColumns.Conversation, conversation);
        }
    }

    private void AppendLong(ChunkAppender to, ref LongSlots slots, ReadOnlySpan<byte> key, ReadOnlySpan<byte> encoded)
    {
        var isOutput = IsOutput(key);
        if (isOutput && !slots.Output)
        {
            slots.Output = true;
            to.Text(SharedColumns.OutputKey, key);
            to.Text(SharedColumns.OutputText, encoded);
        }
        else if (!isOutput && !slots.Input)
        {
            slots.Input = true;
            to.Text(SharedColumns.InputKey, key);
            to.Text(SharedColumns.InputText, encoded);
        }
        else
        {
            if (!slots.More)
            {
                slots.More = true;
                _json.ResetWrittenCount();
                _writer.Reset();
                _writer.WriteStartArray();
            }

            to.Element(SharedColumns.MoreKeys, key);
            WriteText(_writer, encoded);
        }
    }

    private void EndLong(ChunkAppender to, LongSlots slots)
    {
        if (!slots.Input)
        {
            to.Null(SharedColumns.InputKey);
            to.Null(SharedColumns.InputText);
        }

        if (!slots.Output)
        {
            to.Null(SharedColumns.OutputKey);
            to.Null(SharedColumns.OutputText);
        }

        if (slots.More)
        {
            _writer.WriteEndArray();
            _writer.Flush();
            to.Text(SharedColumns.MoreTexts, _json.WrittenSpan);
        }
        else
        {
            to.Null(SharedColumns.MoreKeys);
            to.Null(SharedColumns.MoreTexts);
        }
    }

    private ReadOnlySpan<byte> Encode(TelemetryBatch batch, int row) => AttributeText.Encode(
        batch.Attributes.Kinds[row], batch.Attributes.Bits[row], batch.Text[batch.Attributes.Texts[row]], _encoded);

    // What went in and what came out lie in columns of their own, because texts of one sort compress better together.
    private static bool IsOutput(ReadOnlySpan<byte> key) =>
        key.IndexOf("out"u8) >= 0 || key.IndexOf("result"u8) >= 0 || key.IndexOf("response"u8) >= 0 || key.IndexOf("completion"u8) >= 0;

    // The rows whose key comes again later; null when there are none, as almost always.
    private static HashSet<int>? FindRepeated(TelemetryBatch batch, RowRange range)
    {
        HashSet<int>? repeated = null;
        var keys = batch.Attributes.Keys;
        if (range.Count > MaxPairwise)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var row = range.End - 1; row >= range.Start; row--)
            {
                if (!seen.Add(batch.Text.ToString(keys[row])))
                {
                    (repeated ??= []).Add(row);
                }
            }

            return repeated;
        }

        for (var row = range.Start; row < range.End; row++)
        {
            var key = batch.Text[keys[row]];
            for (var later = row + 1; later < range.End; later++)
            {
                if (keys[later].Length == key.Length && key.SequenceEqual(batch.Text[keys[later]]))
                {
                    (repeated ??= []).Add(row);
                    break;
                }
            }
        }

        return repeated;
    }

    private struct LongSlots
    {
        public bool Input;
        public bool Output;
        public bool More;
    }
}
