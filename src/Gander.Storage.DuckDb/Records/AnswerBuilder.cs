using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>Fills one batch from stored rows, which may come from several files. Not thread-safe.</summary>
internal sealed class AnswerBuilder<TBatch>(int maxBytes)
    where TBatch : TelemetryBatch, new()
{
    private readonly Dictionary<ulong, int> _resources = [];
    private readonly Dictionary<ulong, int> _scopes = [];
    private readonly TextRef[] _promotedKeys = new TextRef[PromotedColumns.Count];
    private TextRef _sessionKey;
    private TextRef _conversationKey;

    public TBatch Batch { get; } = new();

    /// <summary>Whether the answer holds as many bytes as it may.</summary>
    public bool IsFull => Batch.Text.Length >= maxBytes;

    /// <summary>Copies a text column.</summary>
    public TextRef Text(in StoredRow row, int column) => Batch.Text.Add(row.Chunk[column].Bytes(row.Row));

    public int Resource(in StoredRow row)
    {
        var resource = row.Chunk.Shared.Resource(row.Chunk[SharedColumns.Resource].Int32(row.Row));
        if (!_resources.TryGetValue(resource.Id, out var index))
        {
            index = Batch.Resources.Count;
            Batch.Resources.Add(resource);
            _resources.Add(resource.Id, index);
        }

        return index;
    }

    public int Scope(in StoredRow row)
    {
        var scope = row.Chunk.Shared.Scope(row.Chunk[SharedColumns.Scope].Int32(row.Row));
        if (!_scopes.TryGetValue(scope.Id, out var index))
        {
            index = Batch.Scopes.Count;
            Batch.Scopes.Add(scope);
            _scopes.Add(scope.Id, index);
        }

        return index;
    }

    /// <summary>Gathers the attributes of a row from its columns.</summary>
    public RowRange Attributes(in StoredRow row)
    {
        var start = Batch.Attributes.Count;
        AddSession(row);
        AddPromoted(row);
        if (row.Chunk.Has(SharedColumns.Attributes))
        {
            var (first, length) = row.Chunk[SharedColumns.Attributes].List(row.Row);
            for (var index = first; index < first + length; index++)
            {
                Add(Batch.Text.Add(row.Chunk.AttributeKeys.Bytes(index)), row.Chunk.AttributeValues.Bytes(index));
            }
        }

        if (row.Chunk.Has(SharedColumns.InputKey))
        {
            AddLong(row, SharedColumns.InputKey, SharedColumns.InputText);
            AddLong(row, SharedColumns.OutputKey, SharedColumns.OutputText);
            AddMore(row);
        }

        return new RowRange(start, Batch.Attributes.Count);
    }

    /// <summary>Reads attributes as <see cref="AttributeAppender.WriteJson"/> wrote them; the reader stands on their array.</summary>
    public RowRange AttributesFromJson(ref Utf8JsonReader reader)
    {
        var start = Batch.Attributes.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var key = TextFromJson(ref reader);
            reader.Read();
            AddFromJson(key, ref reader);
            reader.Read();
        }

        return new RowRange(start, Batch.Attributes.Count);
    }

    /// <summary>Copies the string the reader stands on.</summary>
    public TextRef TextFromJson(ref Utf8JsonReader reader)
    {
        // Unescaping never makes UTF-8 longer.
        var span = Batch.Text.GetSpan(reader.ValueSpan.Length);
        var length = reader.CopyString(span);
        if (length == 0)
        {
            return default;
        }

        var text = new TextRef(Batch.Text.Length, length);
        Batch.Text.Advance(length);
        return text;
    }

    private void AddSession(in StoredRow row)
    {
        var source = row.Chunk[SharedColumns.SessionSource].UInt8(row.Row);
        if (source == 0 && row.Chunk[SharedColumns.Conversation].IsNull(row.Row))
        {
            return;
        }

        var session = Text(row, SharedColumns.Session);
        if ((source & SharedColumns.FromSessionId) != 0)
        {
            Batch.Attributes.AddText(Key(ref _sessionKey, Telemetry.AttributeKeys.SessionId), AttributeKind.String, session);
        }

        if ((source & SharedColumns.EmptySessionId) != 0)
        {
            Batch.Attributes.AddText(Key(ref _sessionKey, Telemetry.AttributeKeys.SessionId), AttributeKind.String, default);
        }

        if ((source & SharedColumns.FromConversationId) != 0)
        {
            Batch.Attributes.AddText(Key(ref _conversationKey, Telemetry.AttributeKeys.ConversationId), AttributeKind.String, session);
        }
        else if (!row.Chunk[SharedColumns.Conversation].IsNull(row.Row))
        {
            Batch.Attributes.AddText(Key(ref _conversationKey, Telemetry.AttributeKeys.ConversationId), AttributeKind.String, Text(row, SharedColumns.Conversation));
        }
    }

    private void AddPromoted(in StoredRow row)
    {
        for (var index = 0; index < PromotedColumns.Count; index++)
        {
            var column = row.Chunk[SharedColumns.FirstPromoted + index];
            if (column.IsNull(row.Row))
            {
                continue;
            }

            var promoted = PromotedColumns.All[index];
            var key = Key(ref _promotedKeys[index], promoted.Key);
            if (promoted.Kind == AttributeKind.Int)
            {
                Batch.Attributes.AddScalar(key, AttributeKind.Int, column.Int64(row.Row));
            }
            else
            {
                Batch.Attributes.AddText(key, AttributeKind.String, Batch.Text.Add(column.Bytes(row.Row)));
            }
        }
    }

    private void AddLong(in StoredRow row, int keyColumn, int textColumn)
    {
        if (!row.Chunk[keyColumn].IsNull(row.Row))
        {
            Add(Text(row, keyColumn), row.Chunk[textColumn].Bytes(row.Row));
        }
    }

    private void AddMore(in StoredRow row)
    {
        var (first, length) = row.Chunk[SharedColumns.MoreKeys].List(row.Row);
        if (length == 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(row.Chunk[SharedColumns.MoreTexts].Bytes(row.Row));
        reader.Read();
        for (var index = first; index < first + length; index++)
        {
            reader.Read();
            AddFromJson(Batch.Text.Add(row.Chunk.MoreKeys.Bytes(index)), ref reader);
        }
    }

    private void Add(TextRef key, ReadOnlySpan<byte> encoded)
    {
        var kind = AttributeText.Decode(encoded, out var bits, out var text);
        if (kind is AttributeKind.String or AttributeKind.Bytes or AttributeKind.Array or AttributeKind.Map)
        {
            Batch.Attributes.AddText(key, kind, Batch.Text.Add(text));
        }
        else
        {
            Batch.Attributes.AddScalar(key, kind, bits);
        }
    }

    private void AddFromJson(TextRef key, ref Utf8JsonReader reader)
    {
        var encoded = TextFromJson(ref reader);
        var kind = AttributeText.Decode(Batch.Text[encoded], out var bits, out var text);
        if (kind is AttributeKind.String or AttributeKind.Bytes or AttributeKind.Array or AttributeKind.Map)
        {
            // The text is the end of what was copied: only the mark in front is left out.
            Batch.Attributes.AddText(key, kind, text.IsEmpty ? default : new TextRef(encoded.Offset + encoded.Length - text.Length, text.Length));
        }
        else
        {
            Batch.Attributes.AddScalar(key, kind, bits);
        }
    }

    private TextRef Key(ref TextRef cached, string key)
    {
        if (cached.IsEmpty)
        {
            cached = Batch.Text.Add(key);
        }

        return cached;
    }
}
