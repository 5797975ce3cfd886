using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Keeps a tool's answer within the limits of <see cref="AgentOptions"/>, as it goes to the model, into the store and into telemetry.</summary>
internal static class ToolResultLimits
{
    /// <summary>The result: text without its middle, no data beyond the limit, and the form for programs only where it has no more bytes than text may have characters.</summary>
    public static ToolResult Apply(ToolResult result, AgentOptions options)
    {
        if (result.Content.OfType<DataContent>().Sum(data => (long)data.Data.Length) > options.MaxToolResultBytes)
        {
            result = result with { Content = WithoutExcess(result.Content, options.MaxToolResultBytes) };
        }

        var text = result.Text;
        if (text.Length > options.MaxToolResultLength)
        {
            return result with { Content = [new TextContent(WithoutMiddle(text, options.MaxToolResultLength)), .. result.Content.Where(part => part is not TextContent)], StructuredContent = null };
        }

        return result.StructuredContent is { } structured && JsonMarshal.GetRawUtf8Value(structured).Length > options.MaxToolResultLength ? result with { StructuredContent = null } : result;
    }

    private static List<AIContent> WithoutExcess(IReadOnlyList<AIContent> content, int maxBytes)
    {
        var kept = new List<AIContent>(content.Count);
        var bytes = 0L;
        foreach (var part in content)
        {
            if (part is DataContent data && (bytes += data.Data.Length) > maxBytes)
            {
                bytes -= data.Data.Length;
                kept.Add(new TextContent(string.Create(CultureInfo.InvariantCulture, $"[{data.MediaType} of {data.Data.Length} bytes left out, as the answer may hold {maxBytes}]")));
            }
            else
            {
                kept.Add(part);
            }
        }

        return kept;
    }

    private static string WithoutMiddle(string text, int maxLength)
    {
        var half = maxLength / 2;
        var (head, tail) = (half, text.Length - half);
        if (char.IsHighSurrogate(text[head - 1]))
        {
            head--;
        }

        if (char.IsLowSurrogate(text[tail]))
        {
            tail++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}\n[{tail - head} characters left out]\n{text.AsSpan(tail)}");
    }
}
