using System.Net;

namespace Gander.Hosting.Auth;

/// <summary>Counts failed attempts by address in windows of a minute. Thread-safe.</summary>
internal sealed class FailureLimiter(TimeProvider time)
{
    /// <summary>Failures an address may have a minute before it is told to wait.</summary>
    public const int MaxFailures = 30;

    /// <summary>The length of a window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Enough for an office behind many addresses; beyond it the oldest knowledge goes, not the server's memory.
    private const int MaxAddresses = 4_096;

    private readonly Dictionary<IPAddress, (DateTimeOffset Since, int Count)> _failures = [];
    private readonly Lock _changing = new();

    /// <summary>Counts a failure and returns how many this address has had in its window.</summary>
    public int Count(IPAddress address)
    {
        var now = time.GetUtcNow();
        lock (_changing)
        {
            if (_failures.Count >= MaxAddresses && !_failures.ContainsKey(address))
            {
                Forget(now);
            }

            var entry = _failures.TryGetValue(address, out var known) && now - known.Since < Window ? known : (Since: now, Count: 0);
            entry.Count++;
            _failures[address] = entry;
            return entry.Count;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, _) in _failures.Where(entry => now - entry.Value.Since >= Window).ToList())
        {
            _failures.Remove(address);
        }

        if (_failures.Count >= MaxAddresses)
        {
            _failures.Clear();
        }
    }
}
