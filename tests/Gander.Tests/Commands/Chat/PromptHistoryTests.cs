using Gander.Commands.Chat;
using Gander.Tests.Stores;

namespace Gander.Tests.Commands.Chat;

/// <summary>What was typed in earlier sessions.</summary>
public sealed class PromptHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Prompts_are_there_the_next_time()
    {
        var history = PromptHistory.Open(Path.Combine(_folder.Path, "new"));
        history.Add("one\ntwo");
        history.Add("one\ntwo");
        history.Add(" ");
        history.Add("\"Grüße\" \e🦆");

        Assert.Equal(["one\ntwo", "\"Grüße\" \e🦆"], PromptHistory.Open(Path.Combine(_folder.Path, "new")).Entries);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "new", "history.jsonl")));
        }
    }

    [Fact]
    public void The_oldest_are_forgotten()
    {
        File.WriteAllLines(_folder.File("history.jsonl"), Enumerable.Range(0, PromptHistory.MaxEntries + 50).Select(i => $"\"{i}\""));

        Assert.Equal("50", PromptHistory.Open(_folder.Path).Entries[0]);
        Assert.Equal(PromptHistory.MaxEntries, File.ReadLines(_folder.File("history.jsonl")).Count());
    }

    [Fact]
    public void A_damaged_line_is_left_out()
    {
        File.WriteAllText(_folder.File("history.jsonl"), "\"a\"\n{\"b\n[1]\n\"c");

        Assert.Equal(["a"], PromptHistory.Open(_folder.Path).Entries);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_reason_to_fail()
    {
        File.WriteAllText(_folder.File("file"), "");

        var history = PromptHistory.Open(Path.Combine(_folder.File("file"), "below"));
        history.Add("a");

        Assert.Equal(["a"], history.Entries);
    }

    public void Dispose() => _folder.Dispose();
}
