using Gander.Agent.Tools;

namespace Gander.Tests.Agent.Tools;

/// <summary>What is in the working directory and what is not.</summary>
public sealed class WorkFolderTests
{
    [Theory]
    [InlineData("a.txt", true)]
    [InlineData("sub/../a.txt", true)]
    [InlineData(".", true)]
    [InlineData("../a.txt", false)]
    [InlineData("sub/../../a.txt", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("~/.bashrc", false)]
    [InlineData("inside/deep/new.txt", true)]
    [InlineData("outside/new.txt", false)]
    [InlineData("outside/../new.txt", true)]
    [InlineData("to-file", false)]
    [InlineData("loop/x", true)]
    public async Task Links_are_followed_before_it_is_decided(string path, bool isInside)
    {
        await using var folder = new ToolFolder().With(("sub/x", ""));
        Directory.CreateSymbolicLink(folder.Combine("inside"), "sub");
        Directory.CreateSymbolicLink(folder.Combine("outside"), "/usr/lib");
        File.CreateSymbolicLink(folder.Combine("to-file"), "/etc/hostname-that-is-not-there");
        File.CreateSymbolicLink(folder.Combine("loop"), "loop");

        Assert.Equal(isInside, folder.Work.Contains(path));
    }

    [Fact]
    public async Task A_folder_with_a_similar_name_is_outside()
    {
        await using var folder = new ToolFolder();

        Assert.False(folder.Work.Contains(folder.FullPath + "-other/x"));
        Assert.True(new WorkFolder("/").Contains("/etc"));
    }

    [Fact]
    public async Task Paths_inside_are_shown_short()
    {
        await using var folder = new ToolFolder();

        Assert.Equal("a/b", folder.Work.Display(folder.Combine("a", "b")));
        Assert.Equal("/etc/hosts", folder.Work.Display("/etc/hosts"));
    }
}
