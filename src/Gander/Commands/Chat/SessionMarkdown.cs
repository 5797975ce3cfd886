using System.Globalization;
using System.Text;
using Gander.Agent.Loop;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Commands.Chat;

/// <summary>A conversation as Markdown, for people to read and keep.</summary>
internal static class SessionMarkdown
{
    /// <summary>A whole session with a heading of its own.</summary>
    public static string Session(SessionInfo session, IReadOnlyList<SessionMessage> messages) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # {session.Name ?? session.Id}

        - session: {session.Id}
        - begun: {session.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC
        - folder: {session.WorkingDirectory}
        - tokens: {session.Usage.InputTokens} in, {session.Usage.OutputTokens} out

        {Messages(messages)}
        """);

    /// <summary>The messages that a person sees.</summary>
    public static string Messages(IEnumerable<SessionMessage> messages)
    {
        var text = new StringBuilder();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages.Where(message => message.UserVisible))
        {
            foreach (var part in message.Content.Contents)
            {
                Append(text, message.Content.Role, part, names);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ChatRole role, AIContent part, Dictionary<string, string> names)
    {
        switch (part)
        {
            case TextContent said when !string.IsNullOrWhiteSpace(said.Text):
                text.Append("## ").Append(role == ChatRole.Assistant ? "Agent" : "Person").Append("\n\n").Append(said.Text.TrimEnd()).Append("\n\n");
                break;
            case FunctionCallContent call:
                names[call.CallId] = call.Name;
                text.Append("### Tool ").Append(call.Name).Append("\n\n").Append(Fenced("json", JsonArguments.Text(call.Arguments)));
                break;
            case FunctionResultContent result:
                var answer = result.RawRepresentation as ToolResult;
                text.Append("### ").Append(answer?.IsError == true ? "Failure of " : "Answer of ").Append(names.GetValueOrDefault(result.CallId, "a tool")).Append("\n\n")
                    .Append(Fenced("", answer?.Text ?? result.Result?.ToString() ?? ""));
                break;
            case DataContent data:
                text.Append('[').Append(data.MediaType).Append("]\n\n");
                break;
        }
    }

    // A fence has to be longer than any within.
    private static string Fenced(string language, string content)
    {
        var fence = "```";
        while (content.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return $"{fence}{language}\n{content.TrimEnd()}\n{fence}\n\n";
    }
}
