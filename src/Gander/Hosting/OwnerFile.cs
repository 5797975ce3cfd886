namespace Gander.Hosting;

/// <summary>How files with secrets are opened: nobody but their owner may read them.</summary>
internal static class OwnerFile
{
    /// <summary>Options for a file that must not exist yet.</summary>
    public static FileStreamOptions Create() => Open(FileMode.CreateNew);

    /// <summary>Options for a file that is made if it is absent.</summary>
    public static FileStreamOptions OpenOrCreate() => Open(FileMode.OpenOrCreate);

    private static FileStreamOptions Open(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
