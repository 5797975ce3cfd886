using Gander.Hosting.Configuration;
using Gander.Prometheus;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Spectre.Console;

namespace Gander.Commands.Queries;

/// <summary>What the commands that ask have in common: the query is checked before anything starts, and an error shows its place.</summary>
internal static class QueryRun
{
    /// <summary>Asks, and lets <paramref name="show"/> show the answer.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string query, string? address, Settings settings, Terminal terminal, Func<QueryServer, Task> show, CancellationToken cancellationToken)
    {
        try
        {
            Parser.Parse(query, settings.Get<PrometheusOptions>().Features);
            await using var server = await QueryServer.FindAsync(address, settings, terminal, cancellationToken);
            await show(server);
            return ExitCode.Ok;
        }
        catch (QueryException e)
        {
            await TellAsync(terminal, query, e.Message, e.Position);
            return ExitCode.Usage;
        }
        catch (QueryFailedException e)
        {
            await TellAsync(terminal, query, e.Message, e.Position);
            return e.IsMistake ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    /// <summary>The lines of a query with a line of marks below the place that is meant.</summary>
    public static IEnumerable<string> Marked(string query, TextPosition position)
    {
        var start = 0;
        foreach (var line in query.ReplaceLineEndings("\n").Split('\n'))
        {
            yield return line;
            var (from, to) = (Math.Max(position.Start, start), Math.Min(Math.Max(position.End, position.Start + 1), start + Math.Max(line.Length, position.Start - start + 1)));
            if (position.Start <= start + line.Length && from < to)
            {
                yield return new string(' ', from - start) + new string('^', to - from);
            }

            start += line.Length + 1;
        }
    }

    /// <summary>Prints what is to be said of an answer.</summary>
    public static void TellNotes(IAnsiConsole console, System.Text.Json.JsonElement answer)
    {
        foreach (var name in new[] { "warnings", "infos" })
        {
            if (answer.TryGetProperty(name, out var notes))
            {
                foreach (var note in notes.EnumerateArray())
                {
                    console.WriteLine(ShownText.Of(note.GetString() ?? ""));
                }
            }
        }
    }

    private static async Task TellAsync(Terminal terminal, string query, string message, TextPosition? position)
    {
        if (position is { } place)
        {
            foreach (var line in Marked(query, place))
            {
                await terminal.Error.WriteLineAsync($"  {line}");
            }
        }

        await terminal.Error.WriteLineAsync(ShownText.Of(message));
    }
}
