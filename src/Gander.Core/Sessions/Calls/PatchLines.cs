using System.Text.Json;

namespace Gander.Sessions.Calls;

/// <summary>Lines that a patch adds and removes, for agents that do not count them.</summary>
internal static class PatchLines
{
    /// <summary>
    /// The lines of a patch in the form <c>*** Begin Patch</c>, given as it is or as the one text of a JSON object; none
    /// known when it is no such patch. The lines of a deleted file are not in the patch, and are not counted.
    /// </summary>
    public static CodeChanges Of(ReadOnlySpan<byte> patch)
    {
        if (patch.StartsWith("{"u8))
        {
            return FindIn(patch);
        }

        if (!patch.TrimStart("\r\n "u8).StartsWith("*** Begin Patch"u8))
        {
            return default;
        }

        var (added, removed) = (0L, 0L);
        foreach (var line in patch.Split((byte)'\n'))
        {
            var text = patch[line];
            (added, removed) = text.IsEmpty ? (added, removed)
                : text[0] == (byte)'+' ? (added + 1, removed)
                : text[0] == (byte)'-' ? (added, removed + 1)
                : (added, removed);
        }

        return new CodeChanges(added, removed, null, null);
    }

    private static CodeChanges FindIn(ReadOnlySpan<byte> arguments)
    {
        try
        {
            var json = new Utf8JsonReader(arguments);
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.String)
                {
                    var text = new byte[json.ValueSpan.Length];
                    if (Of(text.AsSpan(0, json.CopyString(text))) is var changes && changes != default)
                    {
                        return changes;
                    }
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Cut off by the agent, or not valid UTF-8: the lines stay unknown.
        }

        return default;
    }
}
