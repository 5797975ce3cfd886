using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Agent.Loop;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Telemetry;

/// <summary>
/// Writes messages as the OpenTelemetry conventions for generative AI have them (roles and parts), tool calls as the Model Context
/// Protocol has their results, and the flat form that agents put on the root of a turn. All of it is content: write it only where content is captured.
/// </summary>
internal static class GenAiMessages
{
    // Telemetry is data and never markup, so that quotes and letters need no escapes beyond JSON's own.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary><c>[{"role":…,"content":…}]</c></summary>
    public static string Simple(string role, string text, string? finishReason = null) => Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("role"u8, role);
        writer.WriteString("content"u8, text);
        WriteOptional(writer, "finish_reason", finishReason);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    /// <summary><c>[{"role":…,"parts":[…]}]</c>; only answers have a finish reason.</summary>
    public static string Full(IEnumerable<ChatMessage> messages, string? finishReason = null) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("role"u8, message.Role.Value);
            writer.WriteStartArray("parts"u8);
            foreach (var part in message.Contents)
            {
                WritePart(writer, part);
            }

            writer.WriteEndArray();
            WriteOptional(writer, "finish_reason", finishReason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The arguments of a call as a JSON object.</summary>
    public static string Arguments(IEnumerable<KeyValuePair<string, object?>> arguments) => Write(writer => JsonArguments.Write(writer, arguments));

    /// <summary><c>{"tool":…,"arguments":{…}}</c></summary>
    public static string ToolInput(string name, IEnumerable<KeyValuePair<string, object?>>? arguments) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool"u8, name);
        if (arguments is not null)
        {
            writer.WritePropertyName("arguments"u8);
            JsonArguments.Write(writer, arguments);
        }

        writer.WriteEndObject();
    });

    /// <summary>A result as MCP's <c>CallToolResult</c>.</summary>
    public static string Result(ToolResult result) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("content"u8);
        foreach (var part in result.Content)
        {
            writer.WriteStartObject();
            switch (part)
            {
                case TextContent text:
                    writer.WriteString("type"u8, "text"u8);
                    writer.WriteString("text"u8, text.Text);
                    break;
                case DataContent data:
                    writer.WriteString("type"u8, data.HasTopLevelMediaType("image") ? "image"u8 : "blob"u8);
                    writer.WriteString("mimeType"u8, data.MediaType);
                    writer.WriteNumber("bytes"u8, data.Data.Length);
                    break;
                default:
                    writer.WriteString("type"u8, part.GetType().Name);
                    break;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (result.StructuredContent is { } structured)
        {
            writer.WritePropertyName("structuredContent"u8);
            structured.WriteTo(writer);
        }

        writer.WriteBoolean("isError"u8, result.IsError);
        writer.WriteEndObject();
    });

    private static void WritePart(Utf8JsonWriter writer, AIContent part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextContent text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("content"u8, text.Text);
                break;
            case TextReasoningContent reasoning:
                writer.WriteString("type"u8, "reasoning"u8);
                writer.WriteString("content"u8, reasoning.Text);
                break;
            case FunctionCallContent call:
                writer.WriteString("type"u8, "tool_call"u8);
                writer.WriteString("id"u8, call.CallId);
                writer.WriteString("name"u8, call.Name);
                writer.WritePropertyName("arguments"u8);
                JsonArguments.Write(writer, call.Arguments);
                break;
            case FunctionResultContent result:
                writer.WriteString("type"u8, "tool_call_response"u8);
                writer.WriteString("id"u8, result.CallId);
                writer.WritePropertyName("response"u8);
                WriteValue(writer, result.Result);
                break;
            case DataContent data:
                // The bytes of pictures would dwarf everything else; their size tells enough.
                writer.WriteString("type"u8, "blob"u8);
                writer.WriteString("mime_type"u8, data.MediaType);
                writer.WriteNumber("bytes"u8, data.Data.Length);
                break;
            default:
                writer.WriteString("type"u8, part.GetType().Name);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case ToolResult result:
                writer.WriteRawValue(Result(result), skipInputValidation: true);
                break;
            case IEnumerable<AIContent> parts:
                writer.WriteStringValue(string.Join('\n', parts.OfType<TextContent>().Select(part => part.Text)));
                break;
            default:
                JsonArguments.WriteValue(writer, value);
                break;
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
