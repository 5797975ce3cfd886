using System.Globalization;

namespace Gander.Commands.Exec;

/// <summary>A process as <c>/proc</c> shows it (proc_pid_stat(5)). Its number may be given to another one later; number and start together are its own.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the process that started it, or took it over when that one ended.</param>
/// <param name="Session">The session of processes it is in, named by the number of the process that began it (setsid(2)).</param>
/// <param name="StartTicks">When it started, in ticks since the machine did.</param>
/// <param name="Name">What it is called, at most 15 bytes; hostile text.</param>
internal sealed record RunningProcess(int Id, int Parent, int Session, long StartTicks, string Name)
{
    private const string Folder = "/proc";

    // What follows the name: state, parent, group, session; the start is field 22 of all.
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int StartField = 19;

    /// <summary>All processes that run and can be seen; none where there is no <c>/proc</c>, as on macOS and Windows.</summary>
    public static IReadOnlyList<RunningProcess> All()
    {
        try
        {
            return !OperatingSystem.IsLinux() ? []
                : [.. Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Select(name => Read(name!)).OfType<RunningProcess>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether it still runs.</summary>
    public bool Runs() => Read(Id.ToString(CultureInfo.InvariantCulture)) is { } now && now.StartTicks == StartTicks;

    /// <summary>One line of <c>/proc/ID/stat</c>; null for a process that has ended and is only not yet taken note of, and for what is no such line.</summary>
    public static RunningProcess? Parse(string line)
    {
        // The name stands in parentheses and may have any of them in it.
        var (open, close) = (line.IndexOf('(', StringComparison.Ordinal), line.LastIndexOf(')'));
        if (open < 0 || close < open || !int.TryParse(line.AsSpan(0, open), CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var fields = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields.Length > StartField && fields[0] is not ("Z" or "X" or "x")
            && int.TryParse(fields[ParentField], CultureInfo.InvariantCulture, out var parent)
            && int.TryParse(fields[SessionField], CultureInfo.InvariantCulture, out var session)
            && long.TryParse(fields[StartField], CultureInfo.InvariantCulture, out var start)
            ? new RunningProcess(id, parent, session, start, line[(open + 1)..close])
            : null;
    }

    private static RunningProcess? Read(string id)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(Folder, id, "stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while the others were looked at.
            return null;
        }
    }
}
