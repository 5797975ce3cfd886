using System.CommandLine;
using System.Runtime.InteropServices;
using Gander.Hosting;

namespace Gander.Commands;

/// <summary><c>gander version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine($"gander {GanderVersion.Text} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
            return ExitCode.Ok;
        });
        return command;
    }
}
