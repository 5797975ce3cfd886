using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Log;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// The file of all series, so that they need not be read from the chunks. New series are appended with each cut; now and then
/// the file is written anew, without what is gone and with the times each series covers. Used by one thread at a time.
/// </summary>
internal sealed class RegistryFile(string path)
{
    private const byte Header = 1;
    private const byte Page = 2;
    private const int PageBytes = 1 << 20;

    private readonly HashSet<ulong> _resources = [];
    private readonly HashSet<ulong> _scopes = [];
    private long _length;

    /// <summary>Bytes on disk.</summary>
    public long Bytes => _length;

    /// <summary>The last cut whose times are in the file; the chunks of later ones must be asked.</summary>
    public long CoveredCut { get; private set; }

    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>Reads the file into <paramref name="registry"/>; returns what was damaged, in a sentence, or null.</summary>
    public string? Load(SeriesRegistry registry, bool isReadOnly)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var (end, isDamaged) = RecordFile.Read(File.ReadAllBytes(path), payload => Read(payload, registry));
        _length = end;
        _resources.UnionWith(registry.Resources.Keys);
        _scopes.UnionWith(registry.Scopes.Keys);
        if (!isDamaged)
        {
            return null;
        }

        var copy = path + ".damaged";
        if (!isReadOnly && !File.Exists(copy))
        {
            File.Copy(path, copy);
        }

        return $"The file of metric series is damaged; what could be read of it was recovered, and a copy is kept as {System.IO.Path.GetFileName(copy)}.";
    }

    /// <summary>Appends series that are not yet in the file, what is new of others, and descriptions.</summary>
    public void Append(IReadOnlyList<SeriesEntry> entries, IReadOnlyList<SeriesEntry> changed, IReadOnlyList<MetricInfo> metrics)
    {
        if (_length == 0)
        {
            Rewrite(entries, metrics, 1, 0);
            return;
        }

        if (entries.Count + changed.Count + metrics.Count == 0)
        {
            return;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        _length = WritePages(file, _length, entries, changed, metrics);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Writes the file anew with these series.</summary>
    /// <param name="entries">All series.</param>
    /// <param name="metrics">All metrics.</param>
    /// <param name="nextId">The id the next series gets.</param>
    /// <param name="coveredCut">The last cut on disk.</param>
    public void Rewrite(IReadOnlyList<SeriesEntry> entries, IReadOnlyList<MetricInfo> metrics, int nextId, long coveredCut)
    {
        var next = path + ".next";
        _resources.Clear();
        _scopes.Clear();
        using (var file = File.OpenHandle(next, FileMode.Create, FileAccess.ReadWrite))
        {
            var header = new ByteWriter();
            header.WriteByte(Header);
            header.WriteVarint((ulong)nextId);
            header.WriteInt64(coveredCut);
            _length = WritePages(file, RecordFile.Write(file, 0, header.WrittenMemory, default), entries, [], metrics);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(next, path, overwrite: true);
        CoveredCut = coveredCut;
    }

    private static void Flush(Microsoft.Win32.SafeHandles.SafeFileHandle file, ByteWriter page, ref long offset)
    {
        Definitions.WriteEnd(page);
        offset = RecordFile.Write(file, offset, page.WrittenMemory, default);
        page.Truncate(0);
        page.WriteByte(Page);
    }

    private long WritePages(
        Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, IReadOnlyList<SeriesEntry> entries, IReadOnlyList<SeriesEntry> changed, IReadOnlyList<MetricInfo> metrics)
    {
        var page = new ByteWriter();
        page.WriteByte(Page);
        foreach (var entry in entries)
        {
            if (_resources.Add(entry.Series.Resource.Id))
            {
                Definitions.Write(page, entry.Series.Resource);
            }

            if (_scopes.Add(entry.Series.Scope.Id))
            {
                Definitions.Write(page, entry.Series.Scope);
            }

            Definitions.Write(page, entry);
            Definitions.WriteTraits(page, entry);
            if (page.Length > PageBytes)
            {
                Flush(file, page, ref offset);
            }
        }

        foreach (var entry in changed)
        {
            Definitions.WriteTraits(page, entry);
            if (page.Length > PageBytes)
            {
                Flush(file, page, ref offset);
            }
        }

        foreach (var metric in metrics.Where(metric => metric.Metadata.Description.Length > 0))
        {
            Definitions.Write(page, metric.Metadata);
            if (page.Length > PageBytes)
            {
                Flush(file, page, ref offset);
            }
        }

        Flush(file, page, ref offset);
        return offset;
    }

    private void Read(ReadOnlySpan<byte> payload, SeriesRegistry registry)
    {
        var reader = new ByteReader(payload);
        if (reader.ReadByte() == Header)
        {
            registry.ReserveIds((int)reader.ReadVarint());
            CoveredCut = reader.ReadInt64();
            return;
        }

        Definitions.Read(ref reader, registry, arePersisted: true);
    }
}
