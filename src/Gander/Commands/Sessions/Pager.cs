using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Gander.Commands.Agents;
using Gander.Commands.Exec;
using Spectre.Console;

namespace Gander.Commands.Sessions;

/// <summary>
/// Shows long text: through the person's pager on a terminal, and as it is into a file or a pipe. The pager is <c>PAGER</c>, which a shell
/// reads as it reads any command, else <c>less</c>; an empty one or <c>cat</c> means none. While it runs the terminal and its keys are the
/// pager's: Ctrl-C ends a search in it and not this command, and other signals are passed on.
/// </summary>
internal static partial class Pager
{
    private const string Usual = "less";

    /// <summary>Shows what <paramref name="write"/> writes.</summary>
    public static async Task ShowAsync(Terminal terminal, Action<IAnsiConsole> write)
    {
        var screen = terminal.Screen();
        var pager = terminal.Environment.GetValueOrDefault("PAGER", Usual).Trim();
        if (!screen.Profile.Out.IsTerminal || pager is "" or "cat" || OperatingSystem.IsWindows())
        {
            write(screen);
            return;
        }

        using var text = new StringWriter();
        write(Paper(screen, text, terminal.Environment));
        if (!await TryPageAsync(pager, text.ToString(), terminal))
        {
            write(screen);
        }
    }

    /// <summary>A console that writes into memory as it would on the screen: as wide, and with colours unless <c>NO_COLOR</c> has a value.</summary>
    public static IAnsiConsole Paper(IAnsiConsole screen, TextWriter text, IReadOnlyDictionary<string, string> environment)
    {
        var colours = environment.GetValueOrDefault("NO_COLOR", "").Length == 0;
        var paper = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        paper.Profile.Width = screen.Profile.Width;
        return paper;
    }

    private static async Task<bool> TryPageAsync(string pager, string text, Terminal terminal)
    {
        // In the shell's place, so that a signal reaches the pager itself.
        var start = new ProcessStartInfo("/bin/sh", ["-c", SimpleCommand().IsMatch(pager) ? $"exec {pager}" : pager]) { RedirectStandardInput = true, UseShellExecute = false };
        if (!terminal.Environment.ContainsKey("LESS"))
        {
            // Colours as they are, no pager for what fits the screen, and nothing wiped away at the end.
            start.Environment["LESS"] = "FRX";
        }

        using var signals = new ProgramSignals(terminal.Time);
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return false;
            }

            signals.Started(new ForegroundProcess(process.Id, AgentCatalogue.Any, []));
            try
            {
                await process.StandardInput.WriteAsync(text.AsMemory(), CancellationToken.None);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // Left before the end was shown.
            }

            await process.WaitForExitAsync(CancellationToken.None);
            signals.Ended();

            // What a shell answers when it does not find or may not run the program.
            return process.ExitCode is not (126 or 127);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_./-]+( +[A-Za-z0-9_./+=:,-]+)*$")]
    private static partial Regex SimpleCommand();
}
