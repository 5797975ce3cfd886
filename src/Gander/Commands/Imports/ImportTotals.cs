using System.Collections.Concurrent;
using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>What an import has done so far. Thread-safe.</summary>
internal sealed class ImportTotals
{
    /// <summary>Problems kept for the report; the rest are counted.</summary>
    public const int MaxProblems = 100;

    private readonly ConcurrentQueue<ImportProblem> _problems = new();
    private readonly long[] _accepted = new long[3];
    private long _rejected;
    private long _bodies;
    private int _problemCount;

    /// <summary>Bodies that were taken.</summary>
    public long Bodies => Interlocked.Read(ref _bodies);

    /// <summary>Records refused inside bodies that were taken.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Everything that went wrong, counted.</summary>
    public int ProblemCount => Volatile.Read(ref _problemCount);

    /// <summary>The first problems, in the order they were met.</summary>
    public IReadOnlyCollection<ImportProblem> Problems => _problems;

    /// <summary>Records stored of one signal: spans, data points, log records.</summary>
    public long Accepted(Signal signal) => Interlocked.Read(ref _accepted[(int)signal]);

    /// <summary>Counts a body that was taken.</summary>
    public void Add(Signal signal, long accepted, long rejected)
    {
        Interlocked.Add(ref _accepted[(int)signal], accepted);
        Interlocked.Add(ref _rejected, rejected);
        Interlocked.Increment(ref _bodies);
    }

    /// <summary>Notes a problem.</summary>
    public void Add(ImportProblem problem)
    {
        if (Interlocked.Increment(ref _problemCount) <= MaxProblems)
        {
            _problems.Enqueue(problem);
        }
    }
}
