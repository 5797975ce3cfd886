using System.Globalization;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Keeps a second process from opening a folder that is in use. The lock is the operating system's and ends with the
/// process, however it ends; a file beside it names the process that holds it, since a locked file cannot be read.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "gander.lock";
    private const string HolderName = "gander.pid";

    private readonly FileStream? _file;

    private FolderLock(FileStream? file) => _file = file;

    /// <summary>Locks the folder for writing.</summary>
    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            File.WriteAllText(Path.Combine(folder, HolderName), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            return new FolderLock(file);
        }
        catch (IOException error)
        {
            throw InUse(folder, error);
        }
    }

    /// <summary>Locks the folder against writers without writing to it. A folder that no one ever locked needs none.</summary>
    /// <exception cref="StoreUnavailableException">Another process writes to it.</exception>
    public static FolderLock Share(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new FolderLock(File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0) : null);
        }
        catch (IOException error)
        {
            throw InUse(folder, error);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static StoreUnavailableException InUse(string folder, IOException error)
    {
        var holder = ReadHolder(Path.Combine(folder, HolderName));
        var process = holder.Length == 0 ? "another process" : $"the process {holder}";
        return new StoreUnavailableException($"The data folder {folder} is in use by {process}. Stop it, or choose another folder with --data.", error);
    }

    private static string ReadHolder(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
