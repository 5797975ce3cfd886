using System.Text;

namespace Gander.Telemetry;

/// <summary>
/// Tells which attributes are long texts: prompts, tool inputs and outputs, and whatever else is large. Stores keep them
/// apart and lists never read them (<see cref="Gander.Stores.RecordDetail"/>). One rule for all stores, so that the same
/// query answers the same everywhere.
/// </summary>
public static class LongText
{
    /// <summary>Texts of more bytes than this are long whatever their key.</summary>
    public const int MaxShortBytes = 512;

    /// <summary>Attributes that carry content; long even when a value happens to be short.</summary>
    public static readonly IReadOnlyList<string> ContentKeys =
    [
        "input", "output", "user_message", "trace_input", "trace_output", "body", "prompt", "response", "response_text",
        "request_text", "tool_input", "tool_output", "tool.input", "tool.output", "ai.prompt.messages", "ai.response.text",
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
        "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.prompt", "gen_ai.completion",
    ];

    private static readonly byte[][][] KeysByLength = [.. Enumerable
        .Range(0, ContentKeys.Max(key => key.Length) + 1)
        .Select(length => ContentKeys.Where(key => key.Length == length).Select(Encoding.UTF8.GetBytes).ToArray())];

    /// <summary>Whether the attribute is a long text. Scalars never are.</summary>
    /// <param name="key">The key, UTF-8.</param>
    /// <param name="kind">The kind of the value.</param>
    /// <param name="textBytes">The length of its text.</param>
    public static bool Is(ReadOnlySpan<byte> key, AttributeKind kind, int textBytes) =>
        kind is AttributeKind.String or AttributeKind.Bytes or AttributeKind.Array or AttributeKind.Map
        && (textBytes > MaxShortBytes || IsContentKey(key));

    private static bool IsContentKey(ReadOnlySpan<byte> key)
    {
        if (key.Length >= KeysByLength.Length)
        {
            return false;
        }

        foreach (var candidate in KeysByLength[key.Length])
        {
            if (key.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }
}
