using System.Text;
using System.Text.Json;
using Gander.Agent.Loop;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Sessions;

/// <summary>
/// Messages as JSON, in the form goose stores and prints: <c>text</c>, <c>thinking</c>, <c>redactedThinking</c>, <c>image</c>, <c>toolRequest</c> and <c>toolResponse</c>.
/// What is written can be read back without loss of anything the model sees.
/// </summary>
public static class MessageJson
{
    /// <summary>Writes one message as an object with <c>id</c>, <c>role</c>, <c>created</c> (Unix seconds), <c>content</c> and <c>metadata</c>.</summary>
    public static void Write(Utf8JsonWriter writer, SessionMessage message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        writer.WriteStartObject();
        writer.WriteString("id", message.Id);

        // goose gives results of tools the role of the user, as some providers do.
        writer.WriteString("role", message.Content.Role == ChatRole.Assistant ? "assistant" : "user");
        writer.WriteNumber("created", message.Created.ToUnixTimeSeconds());
        writer.WritePropertyName("content");
        WriteContents(writer, message.Content.Contents);
        writer.WriteStartObject("metadata");
        writer.WriteBoolean("userVisible", message.UserVisible);
        writer.WriteBoolean("agentVisible", message.AgentVisible);
        if (message.Provider is not null)
        {
            writer.WriteStartObject("inference");
            writer.WriteString("provider", message.Provider);
            writer.WriteString("requestedModel", message.Model);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the parts of a message as an array.</summary>
    public static void WriteContents(Utf8JsonWriter writer, IEnumerable<AIContent> contents)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(contents);
        writer.WriteStartArray();
        foreach (var content in contents)
        {
            Write(writer, content);
        }

        writer.WriteEndArray();
    }

    internal static string Contents(ChatMessage message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteContents(writer, message.Contents);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    internal static List<AIContent> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Read).OfType<AIContent>()];
    }

    private static void Write(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                Start(writer, "text");
                writer.WriteString("text", text.Text);
                break;
            case TextReasoningContent { Text.Length: 0, ProtectedData: { } hidden }:
                Start(writer, "redactedThinking");
                writer.WriteString("data", hidden);
                WriteProperties(writer, content);
                break;
            case TextReasoningContent reasoning:
                Start(writer, "thinking");
                writer.WriteString("thinking", reasoning.Text);
                writer.WriteString("signature", reasoning.ProtectedData ?? "");
                WriteProperties(writer, content);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                Start(writer, "image");
                writer.WriteString("data", data.Base64Data.Span);
                writer.WriteString("mimeType", data.MediaType);
                break;
            case FunctionCallContent call:
                Start(writer, "toolRequest");
                writer.WriteString("id", call.CallId);
                WriteCall(writer, call);
                break;
            case FunctionResultContent result:
                Start(writer, "toolResponse");
                writer.WriteString("id", result.CallId);
                WriteResult(writer, ResultOf(result));
                break;
            default:
                return;
        }

        writer.WriteEndObject();
    }

    // The client of the responses API needs the provider's id of a thought to hand it back.
    private static void WriteProperties(Utf8JsonWriter writer, AIContent content)
    {
        if (content.AdditionalProperties is not { Count: > 0 } properties)
        {
            return;
        }

        writer.WriteStartObject("properties");
        foreach (var (name, value) in properties)
        {
            if (value is string text)
            {
                writer.WriteString(name, text);
            }
        }

        writer.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
    }

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteStartObject("toolCall");
        if (call.Exception is { } unreadable)
        {
            writer.WriteString("status", "error");
            writer.WriteString("error", unreadable.Message);
            writer.WriteString("name", call.Name);
        }
        else
        {
            writer.WriteString("status", "success");
            writer.WriteStartObject("value");
            writer.WriteString("name", call.Name);
            writer.WritePropertyName("arguments");
            JsonArguments.Write(writer, call.Arguments);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, ToolResult result)
    {
        writer.WriteStartObject("toolResult");
        writer.WriteString("status", "success");
        writer.WriteStartObject("value");
        writer.WriteStartArray("content");
        foreach (var part in result.Content)
        {
            if (part is TextContent or DataContent)
            {
                Write(writer, part);
            }
        }

        writer.WriteEndArray();
        if (result.StructuredContent is { } structured)
        {
            writer.WritePropertyName("structuredContent");
            structured.WriteTo(writer);
        }

        writer.WriteBoolean("isError", result.IsError);
        if (result.ErrorType is { } type)
        {
            writer.WriteString("errorType", type);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static ToolResult ResultOf(FunctionResultContent content) =>
        content.RawRepresentation as ToolResult ?? new ToolResult(content.Result?.ToString() ?? "", content.Exception is not null);

    private static AIContent? Read(JsonElement part) => Text(part, "type") switch
    {
        "text" => new TextContent(Text(part, "text")),
        "thinking" => WithProperties(part, new TextReasoningContent(Text(part, "thinking")) { ProtectedData = Text(part, "signature") is { Length: > 0 } signature ? signature : null }),
        "redactedThinking" => WithProperties(part, new TextReasoningContent("") { ProtectedData = Text(part, "data") }),
        "image" => new DataContent(Convert.FromBase64String(Text(part, "data")), Text(part, "mimeType")),
        "toolRequest" => ReadCall(part),
        "toolResponse" => ToolMessages.Content(Text(part, "id"), ReadResult(part.GetProperty("toolResult"))),
        _ => null,
    };

    private static TextReasoningContent WithProperties(JsonElement part, TextReasoningContent content)
    {
        if (part.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                (content.AdditionalProperties ??= [])[property.Name] = property.Value.GetString();
            }
        }

        return content;
    }

    private static FunctionCallContent ReadCall(JsonElement part)
    {
        var call = part.GetProperty("toolCall");
        if (Text(call, "status") != "success")
        {
            return new FunctionCallContent(Text(part, "id"), Text(call, "name"), new Dictionary<string, object?>(StringComparer.Ordinal)) { Exception = new JsonException(Text(call, "error")) };
        }

        var value = call.GetProperty("value");
        return new FunctionCallContent(Text(part, "id"), Text(value, "name"), JsonArguments.Read(value.GetProperty("arguments")));
    }

    private static ToolResult ReadResult(JsonElement result)
    {
        if (!result.TryGetProperty("value", out var value))
        {
            return new ToolResult(Text(result, "error"), isError: true);
        }

        return new ToolResult(
            [.. value.GetProperty("content").EnumerateArray().Select(Read).OfType<AIContent>()],
            value.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True)
        {
            StructuredContent = value.TryGetProperty("structuredContent", out var structured) ? structured.Clone() : null,
            ErrorType = Text(value, "errorType") is { Length: > 0 } type ? type : null,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
