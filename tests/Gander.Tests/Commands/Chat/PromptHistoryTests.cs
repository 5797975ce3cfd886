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
    public void Of_a_file_that_has_grown_too_large_the_newest_are_kept()
    {
        var line = $"\"{new string('x', 19_000)}\"";
        File.WriteAllLines(_folder.File("history.jsonl"), [.. Enumerable.Repeat(line, 450), "\"last\""]);
        Assert.True(new FileInfo(_folder.File("history.jsonl")).Length > PromptHistory.MaxFileBytes);

        var history = PromptHistory.Open(_folder.Path);

        Assert.Equal("last", history.Entries[^1]);
        Assert.InRange(history.Entries.Count, 100, 440);
        Assert.InRange(new FileInfo(_folder.File("history.jsonl")).Length, 1_000_000, PromptHistory.MaxFileBytes / 2);
        Assert.Equal(history.Entries, PromptHistory.Open(_folder.Path).Entries);
    }

    [Fact]
    public void Half_a_letter_is_no_reason_to_fail()
    {
        PromptHistory.Open(_folder.Path).Add("a\ud83d");
        File.AppendAllText(_folder.File("history.jsonl"), "\"\\ud83d\"\n\"b\"\n");

        Assert.Equal(["a\ufffd", "b"], PromptHistory.Open(_folder.Path).Entries);
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
