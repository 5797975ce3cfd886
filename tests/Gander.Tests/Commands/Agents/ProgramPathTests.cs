using Gander.Commands.Agents;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands.Agents;

public sealed class ProgramPathTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_executable_file_of_the_path_is_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no permissions to execute on this system");
        Make("a/tool", executable: false);
        var second = Make("b/tool", executable: true);
        Make("c/tool", executable: true);

        Assert.Equal(second, Find("tool", "a", "b", "c"));
        Assert.Null(Find("other", "a", "b", "c"));
    }

    [Fact]
    public void A_name_with_a_folder_is_taken_as_it_is()
    {
        var file = Make("x/tool", executable: true);

        Assert.Equal(file, ProgramPath.Find(file, new Dictionary<string, string>()));
        Assert.Null(ProgramPath.Find(file + "2", new Dictionary<string, string>()));
    }

    private string? Find(string name, params string[] folders) =>
        ProgramPath.Find(name, new Dictionary<string, string> { ["PATH"] = string.Join(Path.PathSeparator, folders.Select(folder => Path.Combine(_folder, folder))) });

    private string Make(string name, bool executable)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
