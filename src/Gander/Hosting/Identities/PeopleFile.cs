using Gander.Hosting.Configuration;

namespace Gander.Hosting.Identities;

/// <summary>
/// The file of identities as it is now: it is looked at again when it is asked for, at most once a second. One that has become
/// wrong leaves what was read before, and the log says so. Thread-safe.
/// </summary>
internal sealed partial class PeopleFile
{
    private const long MaxBytes = 16 << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<PeopleFile> _logger;
    private readonly string _path;
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _seen;
    private DateTimeOffset _looked;
    private People _people = People.None;

    /// <summary>Reads the file, if one is configured.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or has a mistake.</exception>
    public PeopleFile(IdentityOptions options, TimeProvider time, ILogger<PeopleFile> logger)
    {
        (_time, _logger) = (time, logger);
        _path = options.File.Length == 0 ? "" : Path.GetFullPath(options.File);
        _looked = time.GetUtcNow();
        if (_path.Length > 0)
        {
            _seen = Look();
            _people = Read();
        }
    }

    /// <summary>The people in it.</summary>
    public People Current
    {
        get
        {
            lock (_lock)
            {
                if (_path.Length > 0 && (_time.GetUtcNow() - _looked).Duration() >= LookEvery)
                {
                    _looked = _time.GetUtcNow();
                    ReadWhenChanged();
                }

                return _people;
            }
        }
    }

    private void ReadWhenChanged()
    {
        try
        {
            var seen = Look();
            if (seen == _seen)
            {
                return;
            }

            // Also when it is wrong: it is told once, and read again when it changes.
            _seen = seen;
            _people = Read();
            Log.Changed(_logger, _path);
        }
        catch (ConfigurationException e)
        {
            Log.Wrong(_logger, e.Message);
        }
    }

    private (DateTime Written, long Length) Look()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private People Read()
    {
        try
        {
            if (_seen.Length > MaxBytes)
            {
                throw new ConfigurationException($"{_path}: the file is larger than {MaxBytes} bytes.");
            }

            using var reader = new StreamReader(_path);
            return People.Read(_path, reader);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"identities.file: {_path} cannot be read: {e.Message}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The identities in {Path} were read again")]
        public static partial void Changed(ILogger logger, string path);

        [LoggerMessage(LogLevel.Warning, "The identities stay as they were: {Reason}")]
        public static partial void Wrong(ILogger logger, string reason);
    }
}
