using System.CommandLine;
using Gander.Agent.Configuration;
using Gander.Agent.Sessions;
using Gander.Commands.Chat;
using Gander.Commands.Coding;

namespace Gander.Commands;

/// <summary><c>gander run</c>: gives the coding agent one task and ends with its answer.</summary>
internal static class RunCommand
{
    public const string Name = "run";
    private const int MaxInstructionBytes = 16 * 1024 * 1024;

    public static Command Create(Terminal terminal)
    {
        var interactive = new Option<bool>("--interactive", "-s") { Description = "Go on as a session afterwards" };
        var command = new ForegroundCommand(Name, "Give the coding agent one task: gander run -t 'explain this file'") { HandlesSignals = parsed => parsed.GetValue(interactive) };
        var flags = new AgentFlags(command);
        var text = new Option<string?>("--text", "-t") { Description = "The task", HelpName = "TEXT" };
        var file = new Option<string?>("--instructions", "-i") { Description = "A file with the task, or - for standard input", HelpName = "FILE" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print the answer and nothing else" };
        var stats = new Option<bool>("--stats") { Description = "Print tokens, speed and cost at the end" };
        var format = new Option<string>("--output-format") { Description = "text, json or stream-json", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "json", "stream-json");
        foreach (var option in new Option[] { text, file, interactive, quiet, stats, format })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var (hasText, hasFile) = (result.GetResult(text) is not null, result.GetResult(file) is not null);
            if (hasText == hasFile)
            {
                result.AddError(hasText ? "Give the task with --text or with --instructions, not with both." : "Give the task: --text 'explain this file', --instructions FILE, or --instructions - for standard input.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var task = parsed.GetValue(text) ?? await ReadAsync(parsed.GetValue(file)!, cancellationToken);
                if (string.IsNullOrWhiteSpace(task))
                {
                    throw new AgentConfigurationException("The task is empty.");
                }

                var settings = new RunSettings(task, parsed.GetValue(format)!, parsed.GetValue(quiet), parsed.GetValue(stats), parsed.GetValue(interactive));
                return settings.IsInteractive
                    ? await ChatRun.RunAsync(flags.Read(parsed), Name, task, showsHistory: false, terminal)
                    : await AgentRun.RunAsync(flags.Read(parsed), settings, terminal, cancellationToken);
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
        });
        return command;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var bytes = new MemoryStream();
            var buffer = new byte[81_920];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxInstructionBytes)
                {
                    throw new AgentConfigurationException($"The task is longer than {MaxInstructionBytes} bytes. Give the agent the name of the file instead.");
                }
            }

            return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimStart('\ufeff');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentConfigurationException($"{file} cannot be read: {e.Message}", e);
        }
    }
}
