namespace Gander.Agent.Configuration;

/// <summary>Files with secrets, which count only where their owner alone can read them.</summary>
internal sealed class SecretFiles(string[] paths)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string? Find(string name)
    {
        foreach (var path in paths.Where(File.Exists))
        {
            RequirePrivate(path, name);
            if (ConfigurationFile.Load(path, isOwn: false).Find(name).Text() is { Length: > 0 } secret)
            {
                return secret;
            }
        }

        return null;
    }

    /// <summary>Refuses a file that others can read.</summary>
    public static void RequirePrivate(string path, string name)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new AgentConfigurationException(
                $"{path} may hold the secret {name} and others can read it. Make it private, and change the secret if others may have seen it:{Environment.NewLine}  chmod 600 {path}");
        }
    }
}
