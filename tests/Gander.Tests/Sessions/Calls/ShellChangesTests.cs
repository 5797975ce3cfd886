using System.Text;
using Gander.Sessions.Calls;

namespace Gander.Tests.Sessions.Calls;

public sealed class ShellChangesTests
{
    [Theory]
    [InlineData("git commit -m x", 1, 0)]
    [InlineData("""{"command": "git add -A && git commit -m \"Fix\"; gh pr create --fill"}""", 1, 1)]
    [InlineData("""{"command": "cd a\ngit commit -am x && git commit --amend"}""", 1, 0)]
    [InlineData("""{"command": "echo \"git commit\" | grep git commit"}""", 0, 0)]
    [InlineData("git commit-tree HEAD", 0, 0)]
    [InlineData("", 0, 0)]
    public void Only_commands_that_commit_or_open_a_pull_request_count(string command, int commits, int requests)
    {
        var changes = ShellChanges.Of(Encoding.UTF8.GetBytes(command));

        Assert.Equal((commits, requests), ((int)(changes.Commits ?? 0), (int)(changes.PullRequests ?? 0)));
    }
}
