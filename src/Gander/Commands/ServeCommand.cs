using System.CommandLine;
using Gander.Hosting;

namespace Gander.Commands;

/// <summary><c>gander serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("serve", "Take telemetry in, keep it, and show it.");
        var flags = new SettingFlags(command);
        flags.Add(command, new Option<string?>("--otlp-grpc") { Description = "Where OTLP over gRPC listens (default: 127.0.0.1:4317)", HelpName = "HOST:PORT" }, "otlpGrpc");
        flags.Add(command, new Option<string?>("--otlp-http") { Description = "Where OTLP over HTTP listens (default: 127.0.0.1:4318)", HelpName = "HOST:PORT" }, "otlpHttp");
        flags.Add(command, new Option<string?>("--listen") { Description = "Where pages and query APIs listen (default: 127.0.0.1:4319)", HelpName = "HOST:PORT" }, "listen");
        flags.Add(command, new Option<bool>("--read-only") { Description = "Take no telemetry, only show what is stored" }, "readOnly");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = flags.Load(parsed, terminal);
            foreach (var warning in settings.Warnings)
            {
                await terminal.Error.WriteLineAsync(warning);
            }

            await using var server = await GanderServer.StartAsync(settings, terminal.Time, cancellationToken);
            foreach (var line in Banner.Lines(server.Running))
            {
                await terminal.Output.WriteLineAsync(line);
            }

            if (DataFolder.IsOpenToOthers(server.Running.DataPath))
            {
                await terminal.Error.WriteLineAsync($"Other users of this machine can look into {server.Running.DataPath}, which holds prompts. Close it with: chmod 700 {server.Running.DataPath}");
            }

            await terminal.Output.FlushAsync(CancellationToken.None);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.Stopping);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await terminal.Error.WriteLineAsync("Stopping: finishing what was begun.");
            return cancellationToken.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
