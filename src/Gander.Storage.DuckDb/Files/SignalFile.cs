using System.Globalization;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// One attached file: half of what one signal received on one day. Readers hold a lease while they name it in a statement,
/// so that it is not detached under them. Thread-safe.
/// </summary>
internal sealed class SignalFile
{
    public const string Extension = ".db";

    private const int NanosPerTick = 100;

    private readonly Lock _lock = new();
    private int _leases;
    private Action? _whenFree;
    private volatile FileStats _stats = FileStats.Empty(1);

    public SignalFile(string folder, string table, DateOnly day, char half)
    {
        Day = day;
        Half = half;
        Path = System.IO.Path.Combine(folder, FileName(table, day, half));
        Name = string.Create(CultureInfo.InvariantCulture, $"{table}_{day:yyyyMMdd}_{half}");
        Shared = new SharedRows(Name);
    }

    /// <summary>The UTC day on which its records arrived.</summary>
    public DateOnly Day { get; }

    /// <summary><c>a</c> or <c>b</c>: the two take turns.</summary>
    public char Half { get; }

    public string Path { get; }

    /// <summary>The engine's log of what is not yet in columns.</summary>
    public string LogPath => Path + ".wal";

    /// <summary>The name under which it is attached; letters, digits and underscores.</summary>
    public string Name { get; }

    public SharedRows Shared { get; }

    /// <summary>In which rows which traces are, as far as known.</summary>
    public TraceIndex Traces { get; } = new();

    public FileStats Stats
    {
        get => _stats;
        set => _stats = value;
    }

    /// <summary>The end of its day, Unix nanoseconds.</summary>
    public long EndOfDayNanos => (Day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * NanosPerTick;

    public static string FileName(string table, DateOnly day, char half) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}-{day:yyyy-MM-dd}-{half}{Extension}");

    /// <summary>Recognises the name of a file of this table.</summary>
    public static bool TryParse(string fileName, string table, out DateOnly day, out char half)
    {
        day = default;
        half = default;
        var prefix = table + "-";
        if (!fileName.StartsWith(prefix, StringComparison.Ordinal)
            || fileName.Length != FileName(table, day, 'a').Length
            || !DateOnly.TryParseExact(fileName.AsSpan(prefix.Length, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return false;
        }

        half = fileName[prefix.Length + 11];
        return half is 'a' or 'b' && string.Equals(fileName, FileName(table, day, half), StringComparison.Ordinal);
    }

    /// <summary>Whether a record inside the range may be here.</summary>
    public bool MayHold(TimeRange range)
    {
        var stats = _stats;
        return stats.Records > 0 && stats.OldestNanos < range.EndNanos && stats.NewestNanos >= range.StartNanos;
    }

    /// <summary>Takes a lease, unless the file is going away.</summary>
    public bool TryLease()
    {
        lock (_lock)
        {
            if (_whenFree is not null)
            {
                return false;
            }

            _leases++;
            return true;
        }
    }

    public void Release()
    {
        Action? free = null;
        lock (_lock)
        {
            if (--_leases == 0)
            {
                free = _whenFree;
            }
        }

        free?.Invoke();
    }

    /// <summary>Gives no more leases and runs <paramref name="whenFree"/> once the last is released: now, if there is none. Only the first call counts.</summary>
    public bool Retire(Action whenFree)
    {
        bool isFree;
        lock (_lock)
        {
            if (_whenFree is not null)
            {
                return false;
            }

            _whenFree = whenFree;
            isFree = _leases == 0;
        }

        if (isFree)
        {
            whenFree();
        }

        return true;
    }

    /// <summary>Bytes on disk, the engine's log included.</summary>
    public long BytesOnDisk() => Length(Path) + Length(LogPath);

    public long LogBytes() => Length(LogPath);

    private static long Length(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? info.Length : 0;
    }
}
