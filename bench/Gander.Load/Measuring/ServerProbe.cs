using System.Diagnostics;

namespace Gander.Load.Measuring;

/// <summary>Watches a process and a folder during a run. What it cannot see (another user's process, one that ended) it leaves out.</summary>
internal sealed class ServerProbe(int? processId, string? dataDirectory)
{
    private long _maxResidentBytes;
    private double? _cpuBefore;
    private long _diskBefore;

    /// <summary>Notes where things stand before the first request.</summary>
    public void Begin()
    {
        _cpuBefore = CpuSeconds();
        _diskBefore = DiskBytes() ?? 0;
        Sample();
    }

    /// <summary>Looks at the resident memory; call it several times a second.</summary>
    public void Sample()
    {
        if (Find() is { } process)
        {
            using (process)
            {
                _maxResidentBytes = Math.Max(_maxResidentBytes, process.WorkingSet64);
            }
        }
    }

    /// <summary>CPU seconds since <see cref="Begin"/>, the most memory seen, and how much the folder grew.</summary>
    public (double? CpuSeconds, long? MaxResidentBytes, long? DiskBytes) End()
    {
        Sample();
        return (CpuSeconds() - _cpuBefore, _maxResidentBytes > 0 ? _maxResidentBytes : null, DiskBytes() - _diskBefore);
    }

    private double? CpuSeconds()
    {
        using var process = Find();
        return process?.TotalProcessorTime.TotalSeconds;
    }

    private Process? Find()
    {
        try
        {
            return processId is { } id ? Process.GetProcessById(id) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Bytes in the folder now; null when no folder is watched.</summary>
    public long? DiskBytes()
    {
        if (dataDirectory is null || !Directory.Exists(dataDirectory))
        {
            return dataDirectory is null ? null : 0;
        }

        var bytes = 0L;
        foreach (var file in new DirectoryInfo(dataDirectory).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // A store may delete a file while it is counted.
            }
        }

        return bytes;
    }
}
