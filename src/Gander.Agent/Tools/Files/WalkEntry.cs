namespace Gander.Agent.Tools.Files;

/// <summary>A file or folder that a walk came upon.</summary>
/// <param name="FullPath">Its absolute path.</param>
/// <param name="Depth">1 for what lies right in the folder where the walk began.</param>
/// <param name="IsFolder">Whether it is a folder; links to folders are not, and are not walked into.</param>
internal readonly record struct WalkEntry(string FullPath, int Depth, bool IsFolder)
{
    /// <summary>Its own name.</summary>
    public string Name => Path.GetFileName(FullPath);
}
