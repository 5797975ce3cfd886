using System.CommandLine;
using System.Globalization;
using Gander.Commands.Agents;
using Gander.Commands.Imports;
using Gander.Hosting;
using Gander.Hosting.Configuration;
using Gander.Otlp;
using Gander.Telemetry;
using Spectre.Console;

namespace Gander.Commands;

/// <summary><c>gander import</c>: stores OTLP from files.</summary>
internal static class ImportCommand
{
    // Enough for the store to commit many exports at once, few enough to hold in memory when each is as large as may be.
    private const int InFlight = 8;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("import", "Store OTLP from files: .pb, .json, JSON lines; also packed as .gz or .zst.");
        var flags = new SettingFlags(command);
        var files = new Argument<string[]>("FILE") { Description = "Files, or folders to search", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string?>("--to") { Description = "The OTLP/HTTP address of a server, instead of the data folder; a token is taken from GANDER_TOKEN", HelpName = "URL" };
        command.Add(files);
        command.Add(to);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = ImportFiles.Find(parsed.GetValue(files)!);
            var settings = flags.Load(parsed, terminal, ServerAccess.OwnServer);
            var totals = new ImportTotals();
            try
            {
                await ImportAsync(found, parsed.GetValue(to), settings, totals, terminal, cancellationToken);
            }
            catch (Exception e) when (totals.Bodies > 0 && (e is StartException or OperationCanceledException))
            {
                // What was stored stays stored, and a person should know how far it came.
                await ReportAsync(found.Count, totals, terminal);
                throw;
            }

            return await ReportAsync(found.Count, totals, terminal);
        });
        return command;
    }

    private static async Task ImportAsync(
        IReadOnlyList<ImportFile> files, string? address, Settings settings, ImportTotals totals, Terminal terminal, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            await using var server = await ServerAccess.FindOrStartAsync(settings, terminal, cancellationToken);
            using var local = new ImportClient(server.File.OtlpHttp, server.File.Key, terminal.Time);
            await ImportAsync(files, local, settings, totals, terminal, cancellationToken);
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ConfigurationException($"--to is '{Masked.Address(address)}', but must be an address such as http://127.0.0.1:4318.");
        }

        using var client = new ImportClient(url, terminal.Environment.GetValueOrDefault("GANDER_TOKEN"), terminal.Time);
        await ImportAsync(files, client, settings, totals, terminal, cancellationToken);
    }

    private static Task ImportAsync(
        IReadOnlyList<ImportFile> files, ImportClient client, Settings settings, ImportTotals totals, Terminal terminal, CancellationToken cancellationToken) =>
        terminal.Progress().Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var task = progress.AddTask("Importing", maxValue: Math.Max(1, files.Sum(file => file.Info.Length)));
                var source = new ImportFiles(settings.Get<OtlpOptions>().MaxUnpackedBytes, read => task.Increment(read));
                return Parallel.ForEachAsync(
                    Bodies(files, source, totals, cancellationToken),
                    new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
                    (body, stop) => SendAsync(body, client, totals, terminal.Time, stop));
            });

    private static async IAsyncEnumerable<ImportBody> Bodies(
        IReadOnlyList<ImportFile> files, ImportFiles source, ImportTotals totals, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await foreach (var body in source.ReadAsync(file, totals.Add, cancellationToken))
            {
                yield return body;
            }
        }
    }

    private static async ValueTask SendAsync(ImportBody body, ImportClient client, ImportTotals totals, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var counter = new RecordCounter(time);
            var records = counter.Count(body);
            var (answer, problem) = await client.SendAsync(body, cancellationToken);
            if (problem is not null)
            {
                totals.Add(problem);
                return;
            }

            totals.Add(body.Signal, records, answer!.Rejected);
            if (answer.Rejected > 0)
            {
                totals.Add(new ImportProblem(body.Place, answer.Message ?? string.Create(CultureInfo.InvariantCulture, $"{answer.Rejected} records were refused")));
            }
        }
        catch (OtlpDecodeException e)
        {
            totals.Add(new ImportProblem(body.Place, e.Message));
        }
    }

    private static async Task<int> ReportAsync(int files, ImportTotals totals, Terminal terminal)
    {
        foreach (var problem in totals.Problems.OrderBy(problem => problem.Place, StringComparer.Ordinal))
        {
            await terminal.Error.WriteLineAsync($"{problem.Place}: {problem.Message}");
        }

        if (totals.ProblemCount > ImportTotals.MaxProblems)
        {
            await terminal.Error.WriteLineAsync(Text($"… and {totals.ProblemCount - ImportTotals.MaxProblems:N0} more"));
        }

        await terminal.Output.WriteLineAsync(Text(
            $"{totals.Accepted(Signal.Traces):N0} spans, {totals.Accepted(Signal.Logs):N0} log records and {totals.Accepted(Signal.Metrics):N0} data points stored from {totals.Bodies:N0} requests in {files:N0} files; {totals.Rejected:N0} records and {totals.ProblemCount:N0} places refused."));
        return totals.ProblemCount == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
