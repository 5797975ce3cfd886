using Gander.Commands;

namespace Gander.Tests.Commands;

/// <summary>What a command answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command that asks about sessions until all that was stored is folded: each run folds a part of it on a busy machine.</summary>
    public static async Task<CommandRun> RunFoldedAsync(params string[] arguments)
    {
        for (var left = 50; ; left--)
        {
            var run = await RunAsync(arguments);
            if (left == 0 || !(run.Output.Contains("still being read", StringComparison.Ordinal) || run.Output.Contains("\"current\":false", StringComparison.Ordinal)))
            {
                return run;
            }
        }
    }

    /// <summary>Runs the real command line inside this process, with an environment of its own.</summary>
    public static async Task<CommandRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var variables = environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        // Nothing of the developer's own configuration reaches a test.
        variables.TryAdd("XDG_CONFIG_HOME", Path.Combine(Path.GetTempPath(), "gander-no-configuration"));

        var exitCode = await CommandLine.RunAsync(arguments, new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), variables, TimeProvider.System));

        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
