using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Hosting;
using Spectre.Console;

namespace Gander.Commands;

/// <summary><c>gander backup</c>: copies everything into a folder, while the server runs or without one.</summary>
internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("backup", "Copy everything into a new folder; a running server goes on working.");
        var flags = new SettingFlags(command);
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "A new or empty folder" };
        command.Add(directory);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = flags.Load(parsed, terminal, ServerAccess.OwnServer);
            var path = DataFolder.Resolve(settings.Get<ServerOptions>().Data);
            if (!Directory.Exists(path))
            {
                throw new StartException($"There is no data folder {path}. Name it with --data.");
            }

            var target = parsed.GetValue(directory)!.FullName;
            await using var server = await ServerAccess.FindOrStartAsync(settings, terminal, cancellationToken);
            var failure = await terminal.Progress().Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(progress => CopyAsync(server.File, target, progress.AddTask("Copying", maxValue: 1), cancellationToken));
            if (failure is not null)
            {
                await terminal.Error.WriteLineAsync($"The backup failed and is not complete: {failure}");
                return ExitCode.Failed;
            }

            await terminal.Output.WriteLineAsync($"Everything in {path} is copied to {target}.");
            await terminal.Output.WriteLineAsync($"Look at it with: gander serve --read-only --data {target}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<string?> CopyAsync(ServerFile server, string target, ProgressTask task, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }, disposeHandler: true) { BaseAddress = server.Pages, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, Backups.Path) { Content = JsonContent.Create(new Backups.Request(target)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return $"the server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}";
            }

            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                var step = JsonSerializer.Deserialize<Backups.Step>(line, JsonSerializerOptions.Web);
                if (step is { Error: { } error })
                {
                    return error;
                }

                task.Value = step?.Done ?? task.Value;
                if (step is { Complete: true })
                {
                    return null;
                }
            }

            return "the server stopped before the end";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return $"the server at {server.Pages} does not answer: {e.Message}";
        }
    }
}
