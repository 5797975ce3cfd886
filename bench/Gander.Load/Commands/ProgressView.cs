using System.Globalization;
using Spectre.Console;

namespace Gander.Load.Commands;

/// <summary>Shows how far a run is, on the terminal's error stream so that output stays clean.</summary>
internal static class ProgressView
{
    /// <summary>Runs <paramref name="work"/> with a progress bar, or without one when <paramref name="quiet"/>.</summary>
    public static async Task<T> ShowAsync<T>(bool quiet, Func<IProgress<LoadProgress>?, Task<T>> work)
    {
        if (quiet)
        {
            return await work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("Building", maxValue: 1);
                return work(new Reporter(bar));
            });
    }

    private sealed class Reporter(ProgressTask bar) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            bar.Value = value.Share;
            bar.Description = value.Phase == LoadPhase.Building
                ? "Building"
                : string.Create(CultureInfo.InvariantCulture, $"{value.Phase} {value.Records:N0}");
        }
    }
}
