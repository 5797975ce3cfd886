using System.Globalization;

namespace Gander.Hosting;

/// <summary>
/// The folder that holds everything a server keeps, and the lock that lets one process at a time write there. Only its owner
/// may enter it: it holds prompts.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = "gander.lock";

    private readonly FileStream? _lock;

    private DataFolder(string path, FileStream? @lock) => (FullPath, _lock) = (path, @lock);

    /// <summary>The absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The absolute path that <paramref name="configured"/> means: itself, or <c>$XDG_DATA_HOME/gander</c> when it is empty.</summary>
    public static string Resolve(string configured) => Path.GetFullPath(configured.Length > 0 ? configured : Path.Combine(DataHome(), "gander"));

    /// <summary>Where inside a data folder the store has its files, apart from tokens and locks.</summary>
    public static string StoreFolder(string path) => Path.Combine(path, "store");

    /// <summary>
    /// Opens the folder, which is made when it is absent, for this process alone; with <paramref name="readOnly"/> as it is,
    /// beside others that only read.
    /// </summary>
    /// <exception cref="StartException">It cannot be made, read or written, or another process has it.</exception>
    public static DataFolder Open(string path, bool readOnly = false)
    {
        if (readOnly && !Directory.Exists(path))
        {
            throw new StartException($"There is no data folder {path} that could be shown with --read-only. Choose one with --data.");
        }

        try
        {
            return new DataFolder(path, readOnly ? Share(path) : Lock(path));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"The data folder {path} cannot be {(readOnly ? "read" : "written")}: {e.Message} Choose another with --data.", e);
        }
        catch (IOException e) when (IsHeld(path))
        {
            throw new StartException($"The data folder {path} is in use by another gander. Stop that one, or choose another folder with --data.", e);
        }
        catch (IOException e)
        {
            throw new StartException($"The data folder {path} cannot be {(readOnly ? "read" : "written")}: {e.Message}", e);
        }
    }

    /// <summary>Whether others than its owner may enter the folder, as an existing one may have been made so.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) != 0;

    /// <summary>Makes the folder with access for its owner alone, if it is absent.</summary>
    /// <exception cref="StartException">It cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return;
            }

            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            {
                Directory.CreateDirectory(parent);
            }

            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {path} cannot be made: {e.Message} Choose another with --data.", e);
        }
    }

    /// <summary>Whether a running process has the folder open.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(path, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Lets another process have the folder.</summary>
    public void Dispose() => _lock?.Dispose();

    private static FileStream Lock(string path)
    {
        Create(path);
        var opened = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        opened.SetLength(0);
        opened.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        opened.Flush();
        return opened;
    }

    // A copy that nobody ever opened for writing has no lock, and needs none.
    private static FileStream? Share(string path) =>
        File.Exists(Path.Combine(path, LockName)) ? new FileStream(Path.Combine(path, LockName), FileMode.Open, FileAccess.Read, FileShare.Read) : null;

    private static string DataHome() =>
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home && Path.IsPathRooted(home)
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
}
