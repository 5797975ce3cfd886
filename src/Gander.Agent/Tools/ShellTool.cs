using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Agent.Loop;
using Gander.Agent.Tools.Processes;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>shell</c>. Processes that commands leave in the background run on until the tool is disposed.</summary>
internal sealed class ShellTool(WorkFolder folder, ToolOptions options) : BuiltInTool(
    ToolName,
    "Runs a command line with bash in the working directory and answers its standard output, standard error and exit code. Every call starts a new "
    + "shell: cd and variables do not last. There is no input and no terminal, so programs that ask questions or open an editor fail. Long outputs "
    + "lose their middle: prefer commands that print little. Start servers with & and send their output to a file.",
    """
    {
      "type": "object",
      "properties": {
        "command": { "type": "string", "description": "The command line" },
        "timeout_secs": { "type": "integer", "minimum": 1, "description": "Seconds after which it is ended, with all it started" }
      },
      "required": ["command"],
      "additionalProperties": false
    }
    """), IAsyncDisposable
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "shell";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<ProcessGroup> _left = new();

    /// <summary>Ends what commands left in the background.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_left.TryDequeue(out var group))
        {
            await group.EndAsync(Grace).ConfigureAwait(false);
            group.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var command = arguments.Text("command");
        if (command.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToolRefusedException("A command cannot contain a zero character.");
        }

        var seconds = Math.Min(arguments.Number("timeout_secs", 1, int.MaxValue) ?? options.ShellTimeoutSeconds, options.MaxShellTimeoutSeconds);
        var outcome = await new ShellCommand(folder.FullPath, Variables(), options.MaxShellOutputBytes)
            .RunAsync(command, TimeSpan.FromSeconds(seconds), cancellationToken)
            .ConfigureAwait(false);
        if (outcome.LeftProcesses is { } left)
        {
            _left.Enqueue(left);
        }

        return new ToolResult(Describe(outcome, seconds), isError: outcome.ExitCode != 0 || outcome.TimedOut) { StructuredContent = Structured(outcome) };
    }

    // A program that knows it has nobody to ask fails at once instead of waiting; an agent in a command joins the trace.
    private static Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AGENT"] = "gander",
            ["TERM"] = "dumb",
            ["PAGER"] = "cat",
            ["GIT_PAGER"] = "cat",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            variables["TRACEPARENT"] = id;
            variables["TRACESTATE"] = activity.TraceStateString;
        }

        return variables;
    }

    private static string Describe(ShellOutcome outcome, int seconds)
    {
        var text = new StringBuilder(outcome.StandardOutput.TrimEnd('\n', '\r'));
        if (outcome.StandardError.TrimEnd('\n', '\r') is { Length: > 0 } errors)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(errors);
        }

        if (text.Length == 0)
        {
            text.Append("(no output)");
        }

        if (outcome.TimedOut)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\nCommand ended after {seconds} s, because its time was over");
        }
        else if (outcome.ExitCode != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\nCommand exited with code {outcome.ExitCode}");
        }

        if (outcome.LeftProcesses is not null)
        {
            text.Append("\n\nIt left processes running in the background; they end with the agent");
        }

        return text.ToString();
    }

    private static JsonElement Structured(ShellOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("stdout"u8, outcome.StandardOutput.TrimEnd('\n', '\r'));
            writer.WriteString("stderr"u8, outcome.StandardError.TrimEnd('\n', '\r'));
            writer.WriteNumber("exit_code"u8, outcome.ExitCode);
            if (outcome.TimedOut)
            {
                writer.WriteBoolean("timed_out"u8, true);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
