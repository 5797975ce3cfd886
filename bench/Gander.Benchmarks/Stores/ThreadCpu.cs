using System.Runtime.InteropServices;

namespace Gander.Benchmarks.Stores;

/// <summary>CPU time of the calling thread, so that making telemetry is not counted as storing it. Linux only.</summary>
internal static partial class ThreadCpu
{
    private const int ThreadCpuTimeId = 3;

    public static TimeSpan Now()
    {
        return ClockGetTime(ThreadCpuTimeId, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0) : TimeSpan.Zero;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
