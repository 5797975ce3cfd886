using System.Globalization;
using Gander.Stores;
using Microsoft.Win32.SafeHandles;

namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>
/// The log of points that are in no chunk yet: numbered segments of records. An append returns when the record would survive
/// a power cut; after a failed append the log is as it was before. Used by one writer.
/// </summary>
internal sealed class HeadLog : IDisposable
{
    private const string Suffix = ".log";

    private readonly string _directory;
    private readonly SortedDictionary<long, long> _sealedBytes = [];
    private SafeFileHandle? _file;
    private long _offset;
    private long _sealedTotal;

    /// <summary>Opens the log in a folder; nothing is read or written before <see cref="Recover"/>.</summary>
    public HeadLog(string directory) => _directory = directory;

    /// <summary>The number of the segment that is written, or of the last one there was.</summary>
    public long Segment { get; private set; }

    /// <summary>Bytes of the segment that is written.</summary>
    public long SegmentBytes => _offset;

    /// <summary>Bytes of all segments.</summary>
    public long TotalBytes => Volatile.Read(ref _offset) + Volatile.Read(ref _sealedTotal);

    /// <summary>The files, and how many bytes of each count.</summary>
    public IEnumerable<(string Path, long Bytes)> Files =>
        _sealedBytes.Select(segment => (PathOf(segment.Key), segment.Value)).Concat(_file is null ? [] : [(PathOf(Segment), _offset)]);

    /// <summary>
    /// Reads all segments above <paramref name="appliedSegment"/>, whose points are in chunks, in order. Returns what was
    /// damaged, in sentences. Unless <paramref name="isReadOnly"/>, removes what is applied and keeps a copy of what is damaged.
    /// </summary>
    public IReadOnlyList<string> Recover(long appliedSegment, bool isReadOnly, RecordFile.Accept accept)
    {
        var problems = new List<string>();
        Segment = appliedSegment;
        foreach (var (number, path) in Existing())
        {
            Segment = Math.Max(Segment, number);
            if (number <= appliedSegment)
            {
                if (!isReadOnly)
                {
                    File.Delete(path);
                }

                continue;
            }

            var (end, isDamaged) = RecordFile.Read(File.ReadAllBytes(path), accept);
            _sealedBytes[number] = end;
            _sealedTotal += end;
            if (isDamaged)
            {
                var copy = path + ".damaged";
                problems.Add($"The metric log {Path.GetFileName(path)} is damaged; what could be read of it was recovered, and a copy is kept as {Path.GetFileName(copy)}.");
                if (!isReadOnly && !File.Exists(copy))
                {
                    File.Copy(path, copy);
                }
            }
        }

        return problems;
    }

    /// <summary>Begins the next segment with a first record; the segment before is sealed.</summary>
    /// <exception cref="StoreUnavailableException">The disk refused; the segment before is still written.</exception>
    public void Rotate(ReadOnlyMemory<byte> firstRecord)
    {
        var next = Segment + 1;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(PathOf(next), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
            var end = RecordFile.Write(file, 0, firstRecord, default);
            RandomAccess.FlushToDisk(file);
            if (_file is not null)
            {
                _sealedBytes[Segment] = _offset;
                _sealedTotal += _offset;
                _file.Dispose();
            }

            (_file, _offset, Segment) = (file, end, next);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            File.Delete(PathOf(next));
            throw new StoreUnavailableException("The metric log cannot be written.", exception);
        }
    }

    /// <summary>Appends a record of two pieces and waits until it is on disk.</summary>
    /// <exception cref="StoreUnavailableException">The disk refused; nothing was kept.</exception>
    public void Append(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (_file is null)
        {
            throw new StoreUnavailableException("The metric log is not open.");
        }

        try
        {
            var end = RecordFile.Write(_file, _offset, first, second);
            RandomAccess.FlushToDisk(_file);
            _offset = end;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Withdraw();
            throw new StoreUnavailableException("The metric log cannot be written.", exception);
        }
    }

    /// <summary>Deletes the segments up to <paramref name="segment"/>.</summary>
    public void DeleteUpTo(long segment)
    {
        foreach (var number in _sealedBytes.Keys.Where(number => number <= segment).ToList())
        {
            File.Delete(PathOf(number));
            _sealedTotal -= _sealedBytes[number];
            _sealedBytes.Remove(number);
        }
    }

    /// <summary>Closes the segment.</summary>
    public void Dispose() => _file?.Dispose();

    // Cuts off what a failed append left. Where even that fails, the rest has no valid checksum or is written over by the next.
    private void Withdraw()
    {
        try
        {
            RandomAccess.SetLength(_file!, _offset);
        }
        catch (IOException)
        {
        }
    }

    private string PathOf(long segment) => Path.Combine(_directory, segment.ToString("d10", CultureInfo.InvariantCulture) + Suffix);

    private List<(long Number, string Path)> Existing() =>
    [
        .. from path in Directory.Exists(_directory) ? Directory.GetFiles(_directory, "*" + Suffix) : []
           let number = long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1
           where number >= 0
           orderby number
           select (number, path),
    ];
}
