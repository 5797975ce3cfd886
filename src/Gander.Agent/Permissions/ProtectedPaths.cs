using Gander.Agent.Tools;

namespace Gander.Agent.Permissions;

/// <summary>Files that hold secrets or that other programs run or obey: changing them is asked about also inside of the working directory.</summary>
internal static class ProtectedPaths
{
    private static readonly string[] SecretFolders = [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".password-store"];
    private static readonly string[] SecretFiles = [".netrc", ".git-credentials", ".npmrc", ".pypirc", ".pgpass", ".my.cnf", "secrets.yaml", "credentials.json", "id_rsa", "id_ed25519"];

    private static readonly string[] ObeyedFiles =
    [
        ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".profile", ".zshrc", ".zprofile", ".zshenv", ".zlogin", ".kshrc", ".cshrc", ".tcshrc", ".inputrc", ".gitconfig", "authorized_keys",
    ];

    // Files of the system that hold secrets.
    private static readonly string[] SystemSecrets = ["/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/root/.ssh"];

    /// <summary>Why a change of the file is asked about; null where it is an ordinary one.</summary>
    public static string? WhyNotToWrite(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return IsSecret(path) ? $"{path} is a place for secrets."
            : names.Length > 0 && ObeyedFiles.Contains(names[^1], StringComparer.Ordinal) ? $"{path} is run or obeyed by other programs."
            : IsOfRepository(names) ? $"{path} decides what git runs."
            : null;
    }

    /// <summary>Whether the file most likely holds secrets.</summary>
    public static bool IsSecret(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0
            && (names.Any(name => SecretFolders.Contains(name, StringComparer.Ordinal))
                || SecretFiles.Contains(names[^1], StringComparer.Ordinal)
                || IsEnvironmentFile(names[^1])
                || SystemSecrets.Any(secret => WorkFolder.IsWithin(path, secret)));
    }

    // .env.example and its like are made to be shown.
    private static bool IsEnvironmentFile(string name) =>
        name == ".env" || (name.StartsWith(".env.", StringComparison.Ordinal) && name[5..] is not ("example" or "sample" or "template" or "dist"));

    private static bool IsOfRepository(string[] names)
    {
        var git = Array.IndexOf(names, ".git");
        return git >= 0 && git + 1 < names.Length && names[git + 1] is "hooks" or "config";
    }
}
