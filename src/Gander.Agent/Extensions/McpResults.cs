using Gander.Agent.Loop;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Gander.Agent.Extensions;

/// <summary>Answers of MCP servers as results of tools.</summary>
internal static class McpResults
{
    /// <summary>The same answer. Parts that no model takes, such as links, become text.</summary>
    public static ToolResult Of(CallToolResult result) =>
        new([.. result.Content.Select(Of).DefaultIfEmpty(new TextContent(result.StructuredContent?.GetRawText() ?? "(no output)"))], result.IsError == true)
        {
            StructuredContent = result.StructuredContent,
        };

    private static AIContent Of(ContentBlock block) => block switch
    {
        TextContentBlock text => new TextContent(text.Text),
        ImageContentBlock image => new DataContent(image.DecodedData, image.MimeType),
        AudioContentBlock audio => new DataContent(audio.DecodedData, audio.MimeType),
        ResourceLinkBlock link => new TextContent($"[{link.Name}]({link.Uri}) {link.Description}".TrimEnd()),
        EmbeddedResourceBlock { Resource: TextResourceContents text } => new TextContent($"{text.Uri}:\n{text.Text}"),
        EmbeddedResourceBlock { Resource: BlobResourceContents { MimeType: { } type } blob } when type.StartsWith("image/", StringComparison.Ordinal) => new DataContent(blob.DecodedData, type),
        EmbeddedResourceBlock { Resource: { } resource } => new TextContent($"[{resource.Uri}: {resource.MimeType ?? "unknown content"}]"),
        _ => new TextContent($"[{block.Type}]"),
    };
}
