using System.CommandLine;
using Gander.Hosting;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary>The verbs of the program and the one place where errors become exit codes.</summary>
public static class CommandLine
{
    /// <summary>Runs the command that <paramref name="arguments"/> name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var root = new RootCommand("Gander shows what AI coding agents do. Start it with: gander serve");
        foreach (var verb in Commands(arguments, terminal))
        {
            root.Add(verb);
        }

        root.SetAction(_ => root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error }));
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message)));
            await terminal.Error.WriteLineAsync($"Try: {FullName(parsed.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }

        using var signals = new StopSignals(terminal.Time, listens: !(parsed.CommandResult.Command is ForegroundCommand command && command.HandlesSignals(parsed)));
        try
        {
            // Signals are ours: a server needs longer to stop than the library would wait.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                signals.Token);
        }
        catch (StartException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.CannotStart;
        }
        catch (ConfigurationException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
    }

    // An agent is started often and by people who wait: it does not pay for what the other commands need.
    private static IEnumerable<Command> Commands(string[] arguments, Terminal terminal) => arguments is [RunCommand.Name, ..]
        ? [RunCommand.Create(terminal)]
        :
        [
            ServeCommand.Create(terminal),
            RunCommand.Create(terminal),
            TokenCommand.Create(terminal),
            SessionsCommand.Create(terminal),
            SessionCommand.Create(terminal),
            QueryCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            ImportCommand.Create(terminal),
            UsageCommand.Create(terminal),
            PricesCommand.Create(terminal),
            ExecCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            BackupCommand.Create(terminal),
            VersionCommand.Create(terminal),
        ];

    // A command knows its parents; at the top stands the name the program was started under, which may be any.
    private static string FullName(Symbol command)
    {
        var parent = command.Parents.FirstOrDefault();
        return parent is null ? "gander" : $"{FullName(parent)} {command.Name}";
    }
}
