using System.CommandLine;
using System.Text;
using System.Text.Json;
using Gander.Agent.Configuration;
using Gander.Agent.Sessions;
using Gander.Commands.Queries;
using Spectre.Console;

namespace Gander.Commands.Chat;

/// <summary><c>gander session list</c>, <c>remove</c> and <c>export</c>: the agent's own sessions, as they are kept on this machine.</summary>
internal static class StoredSessions
{
    /// <summary>The list.</summary>
    public static Command List(Terminal terminal)
    {
        var command = new Command("list", "List the agent's sessions on this machine, the latest first.");
        var limit = new Option<int>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 50, HelpName = "N" };
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "json");
        command.Add(limit);
        command.Add(format);
        command.SetAction((parsed, _) => With(terminal, async store =>
        {
            var sessions = store.List(Math.Clamp(parsed.GetValue(limit), 1, 100_000));
            await (parsed.GetValue(format) == "json" ? WriteAsync(terminal.Output, writer => WriteList(writer, sessions)) : ShowAsync(terminal, sessions));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>The removal.</summary>
    public static Command Remove(Terminal terminal)
    {
        var command = new Command("remove", "Remove a session of the agent from this machine, with all that was said in it.");
        var which = new SessionChoice(command);
        command.SetAction((parsed, _) => With(terminal, async store =>
        {
            var session = which.Find(parsed, store);
            store.Remove(session.Id);
            await terminal.Output.WriteLineAsync($"Removed {session.Id}{(session.Name is { } name ? $" ({ShownText.Of(name)})" : "")}.");
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>The export.</summary>
    public static Command Export(Terminal terminal)
    {
        var command = new Command("export", "Write a session of the agent as Markdown or JSON.");
        var which = new SessionChoice(command);
        var format = new Option<string>("--format") { Description = "markdown or json", DefaultValueFactory = _ => "markdown", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write (default: standard output)", HelpName = "FILE" };
        command.Add(format);
        command.Add(output);
        command.SetAction((parsed, _) => With(terminal, async store =>
        {
            var session = which.Find(parsed, store);
            var messages = store.Messages(session.Id);
            using var text = new StringWriter { NewLine = "\n" };
            await (parsed.GetValue(format) == "json"
                ? WriteAsync(text, writer => WriteSession(writer, session, messages))
                : text.WriteLineAsync(SessionMarkdown.Session(session, messages).TrimEnd()));
            return await PutAsync(terminal, parsed.GetValue(output), text.ToString());
        }));
        return command;
    }

    private static async Task<int> With(Terminal terminal, Func<SessionStore, Task<int>> work)
    {
        try
        {
            using var store = SessionStore.Open(AgentConfiguration.Load(terminal.Environment).Paths.Data, terminal.Time);
            return await work(store);
        }
        catch (AgentConfigurationException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (SessionStoreException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.CannotStart;
        }
    }

    // What is exported may be anything; on a terminal it must not steer.
    private static async Task<int> PutAsync(Terminal terminal, string? path, string text)
    {
        if (path is null)
        {
            await terminal.Output.WriteAsync(terminal.Screen().Profile.Out.IsTerminal ? PlainText.Of(text) : text);
            return ExitCode.Ok;
        }

        try
        {
            await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"{path} cannot be written: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static Task ShowAsync(Terminal terminal, IReadOnlyList<SessionInfo> sessions)
    {
        if (sessions.Count == 0)
        {
            return terminal.Output.WriteLineAsync("There are no sessions yet. Begin one: gander session");
        }

        var table = new Table().Border(TableBorder.None).AddColumns("id", "name", "used (UTC)", "messages", "tokens", "folder");
        foreach (var session in sessions)
        {
            table.AddRow(
                new Text(session.Id),
                new Text(ShownText.Of(session.Name ?? "")),
                new Text(session.Updated.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
                new Text(session.Messages.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new Text(session.Usage.TotalTokens.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new Text(ShownText.Of(session.WorkingDirectory)));
        }

        terminal.Screen().Write(table);
        return Task.CompletedTask;
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<SessionInfo> sessions)
    {
        writer.WriteStartArray();
        foreach (var session in sessions)
        {
            writer.WriteStartObject();
            WriteInfo(writer, session);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSession(Utf8JsonWriter writer, SessionInfo session, IReadOnlyList<SessionMessage> messages)
    {
        writer.WriteStartObject();
        WriteInfo(writer, session);
        writer.WriteStartArray("conversation");
        foreach (var message in messages)
        {
            MessageJson.Write(writer, message);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // The names goose's export has.
    private static void WriteInfo(Utf8JsonWriter writer, SessionInfo session)
    {
        writer.WriteString("id", session.Id);
        writer.WriteString("name", session.Name);
        writer.WriteString("working_dir", session.WorkingDirectory);
        writer.WriteString("created_at", session.Created);
        writer.WriteString("updated_at", session.Updated);
        writer.WriteNumber("message_count", session.Messages);
        writer.WriteNumber("accumulated_input_tokens", session.Usage.InputTokens);
        writer.WriteNumber("accumulated_output_tokens", session.Usage.OutputTokens);
        writer.WriteNumber("accumulated_total_tokens", session.Usage.TotalTokens);
        if (session.CostUsd is { } cost)
        {
            writer.WriteNumber("accumulated_cost", cost);
        }
    }

    private static async Task WriteAsync(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
