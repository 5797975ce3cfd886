using System.Diagnostics;

namespace Gander.Agent.Tools.Processes;

/// <summary>
/// Runs one command line in a shell, without input and in a process group of its own. The group ends with the caller's
/// cancellation and when the time is over; processes in the background outlive a command that ends by itself.
/// </summary>
/// <param name="folder">Where it runs.</param>
/// <param name="environment">Variables beside those of this process; null takes one away.</param>
/// <param name="maxOutputBytes">Bytes kept of each output.</param>
internal sealed class ShellCommand(string folder, IReadOnlyDictionary<string, string?> environment, int maxOutputBytes)
{
    private static readonly string Shell = Executables.Find("bash") ?? "/bin/sh";

    // A process that ignores SIGTERM gets no more than this.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Processes in the background may hold the output open for ever: when it has been silent so long after the command's end, no more is awaited.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted, and nothing of it is left.</exception>
    public async Task<ShellOutcome> RunAsync(string command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var group = ProcessGroup.Start(StartInfo(command));
        var isKept = false;
        try
        {
            group.Process.StandardInput.Close();
            var output = new HeadTailBuffer(maxOutputBytes);
            var errors = new HeadTailBuffer(maxOutputBytes);
            var read = Task.WhenAll(
                DrainAsync(group.Process.StandardOutput.BaseStream, output),
                DrainAsync(group.Process.StandardError.BaseStream, errors));
            var inTime = await EndsWithinAsync(group, timeout, cancellationToken).ConfigureAwait(false);
            await SilenceAsync(read, output, errors).ConfigureAwait(false);
            isKept = inTime && group.HasMembers;
            return new ShellOutcome(output.ToText(), errors.ToText(), group.Process.ExitCode, !inTime, isKept ? group : null);
        }
        finally
        {
            if (!isKept)
            {
                group.Dispose();
            }
        }
    }

    private static async Task<bool> EndsWithinAsync(ProcessGroup group, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            await group.Process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            await group.EndAsync(Grace).ConfigureAwait(false);
            await group.Process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static async Task DrainAsync(Stream stream, HeadTailBuffer buffer)
    {
        var chunk = new byte[16_384];
        try
        {
            while (await stream.ReadAsync(chunk, CancellationToken.None).ConfigureAwait(false) is > 0 and var length)
            {
                buffer.Append(chunk.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The other end is gone or no longer of interest: what came is the output.
        }
    }

    // One that never falls silent is not waited for either.
    private static async Task SilenceAsync(Task read, HeadTailBuffer output, HeadTailBuffer errors)
    {
        var (seen, start) = (-1L, Stopwatch.GetTimestamp());
        while (!read.IsCompleted && output.Total + errors.Total > seen && Stopwatch.GetElapsedTime(start) < LongestWait)
        {
            seen = output.Total + errors.Total;
            await Task.WhenAny(read, Task.Delay(Silence)).ConfigureAwait(false);
        }
    }

    private ProcessStartInfo StartInfo(string command)
    {
        var start = new ProcessStartInfo(Shell, ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
