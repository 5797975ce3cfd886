using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry.Export;

/// <summary>
/// Requests that could not be sent, one file each, for one signal and one endpoint: the file is the body, byte for byte. Files and folder are readable by
/// their owner alone. The folder is shared by all processes of the agent: at most <see cref="MaxBytes"/> wait in it and none longer than
/// <see cref="MaxAge"/>, the oldest go first. A disk that fails is no failure of the agent: what cannot be kept is lost, and said to be.
/// </summary>
internal sealed class Outbox
{
    /// <summary>What may wait in the folder in all.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    private const string Plain = ".otlp";
    private const string Gzipped = ".otlp.gz";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly string _target;
    private readonly Signal _signal;
    private readonly TimeProvider _time;
    private int _kept;

    public Outbox(string folder, SignalSettings settings, TimeProvider time)
    {
        (_folder, _signal, _time) = (folder, settings.Signal, time);

        // Credentials are not part of it: those of the day it is sent count.
        _target = Hash($"{settings.Signal} {settings.Protocol} {settings.Endpoint}");
    }

    /// <summary>How long a request is kept.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromDays(7);

    /// <summary>Keeps a request; false when it was lost.</summary>
    public bool Keep(ExportRequest request)
    {
        if (request.Body.Length > MaxBytes / 2)
        {
            return false;
        }

        try
        {
            MakeFolder();
            MakeRoom(request.Body.Length);
            var name = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeMilliseconds():D14}-{_target}-{Interlocked.Increment(ref _kept):D8}-{Guid.NewGuid():N}{(request.IsGzipped ? Gzipped : Plain)}");
            var path = Path.Combine(_folder, name);
            using (var file = new FileStream(path + ".new", OptionsOf(FileMode.CreateNew, FileAccess.Write)))
            {
                file.Write(request.Body);
            }

            File.Move(path + ".new", path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes the oldest request that no other process is sending, or null. It stays kept until <see cref="KeptRequest.Delete"/>.</summary>
    public KeptRequest? Take()
    {
        try
        {
            foreach (var file in Files(_target))
            {
                if (TryOpen(file) is { } kept)
                {
                    return kept;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return null;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream is the lock, and belongs to the request that is returned.")]
    private KeptRequest? TryOpen(FileInfo file)
    {
        FileStream? stream = null;
        try
        {
            // Opened for this process alone: that keeps two of them from sending the same at the same time.
            stream = new FileStream(file.FullName, OptionsOf(FileMode.Open, FileAccess.ReadWrite));
            if (stream.Length > MaxBytes || !File.Exists(file.FullName))
            {
                stream.Dispose();
                return null;
            }

            var body = new byte[stream.Length];
            stream.ReadExactly(body);
            return new KeptRequest(new ExportRequest(_signal, body, file.Name.EndsWith(Gzipped, StringComparison.Ordinal)), stream, file.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            return null;
        }
    }

    private List<FileInfo> Files(string? target)
    {
        var folder = new DirectoryInfo(_folder);
        if (!folder.Exists)
        {
            return [];
        }

        // Names begin with the time and a number, so that their order is that of age.
        return [.. folder.EnumerateFiles(target is null ? "*" : $"*-{target}-*.otlp*").Where(file => target is null || !file.Name.EndsWith(".new", StringComparison.Ordinal)).OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private void MakeRoom(long bytes)
    {
        var files = Files(null).ConvertAll(file => (File: file, Length: LengthOf(file)));
        var total = files.Sum(file => file.Length) + bytes;
        var oldest = _time.GetUtcNow() - MaxAge;
        foreach (var (file, length) in files)
        {
            if (total <= MaxBytes && (length == 0 || file.LastWriteTimeUtc >= oldest.UtcDateTime))
            {
                continue;
            }

            total -= length;
            file.Delete();
        }
    }

    // Another signal or process gives its file the last name, or sends it, while this one looks.
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    // FNV-1a, to tell a few endpoints apart. A cryptographic hash would load OpenSSL, which takes longer than all else that an export needs.
    private static string Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ letter) * 1_099_511_628_211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions OptionsOf(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
