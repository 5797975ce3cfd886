using System.Text;

namespace Gander.Tests.Agent.Tools;

/// <summary>The tools <c>write</c>, <c>edit</c> and <c>read</c> on real files.</summary>
public sealed class FileToolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_makes_files_with_their_folders_and_replaces_them()
    {
        await using var folder = new ToolFolder();

        Assert.Equal("Created a/b/notes.txt (2 lines)", await folder.AnswerAsync("write", new { path = "a/b/notes.txt", content = "alpha\nbeta\n" }, Cancel));
        Assert.Equal("Replaced a/b/notes.txt (1 lines)", await folder.AnswerAsync("write", new { path = folder.Combine("a", "b", "notes.txt"), content = "ü" }, Cancel));

        Assert.Equal("ü"u8.ToArray(), await File.ReadAllBytesAsync(folder.Combine("a/b/notes.txt"), Cancel));
        Assert.Equal(["notes.txt"], Directory.GetFiles(folder.Combine("a/b")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_replaced_file_keeps_its_mode_and_a_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have no Unix permissions on this system");
            return;
        }

        await using var folder = new ToolFolder().With(("real/run.sh", "echo 1\n"));
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(folder.Combine("real/run.sh"), mode);
        File.CreateSymbolicLink(folder.Combine("link.sh"), "real/run.sh");

        await folder.AnswerAsync("edit", new { path = "link.sh", before = "1", after = "2" }, Cancel);
        await folder.AnswerAsync("write", new { path = "link.sh", content = folder.Text("link.sh") + "exit\n" }, Cancel);

        Assert.Equal("echo 2\nexit\n", folder.Text("real/run.sh"));
        Assert.Equal(mode, File.GetUnixFileMode(folder.Combine("real/run.sh")));
        Assert.Equal("real/run.sh", new FileInfo(folder.Combine("link.sh")).LinkTarget);
    }

    [Fact]
    public async Task Write_refuses_folders_and_too_much()
    {
        await using var folder = new ToolFolder(options => options.MaxWriteBytes = 1_024).With(("sub/file", "x"));

        Assert.Contains("is a folder", await folder.RefusalAsync("write", new { path = "sub", content = "x" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("1,025 bytes, and 1,024 are allowed", await folder.RefusalAsync("write", new { path = "f", content = new string('x', 1_025) }, Cancel), StringComparison.Ordinal);
        Assert.Contains("no path", await folder.RefusalAsync("write", new { path = "", content = "x" }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_replaces_a_text_that_is_there_once()
    {
        await using var folder = new ToolFolder().With(("notes.txt", "alpha\nbeta\ngamma\n"));

        Assert.Equal("Edited notes.txt at line 2 (1 lines -> 2 lines)", await folder.AnswerAsync("edit", new { path = "notes.txt", before = "beta", after = "b\nc" }, Cancel));

        Assert.Equal("alpha\nb\nc\ngamma\n", folder.Text("notes.txt"));
    }

    [Fact]
    public async Task Edit_keeps_windows_line_endings_and_the_byte_order_mark()
    {
        await using var folder = new ToolFolder();
        await File.WriteAllBytesAsync(folder.Combine("f.txt"), Encoding.UTF8.GetBytes("\ufeffone\r\ntwo\r\nthree\r\n"), Cancel);

        await folder.AnswerAsync("edit", new { path = "f.txt", before = "one\ntwo", after = "1\n2\nplus" }, Cancel);

        Assert.Equal("\ufeff1\r\n2\r\nplus\r\nthree\r\n", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(folder.Combine("f.txt"), Cancel)));
    }

    [Fact]
    public async Task Edit_names_the_lines_where_a_text_stands_more_than_once()
    {
        await using var folder = new ToolFolder().With(("f.cs", "x = 1;\ny = 2;\nx = 1;\n"));

        Assert.Equal(
            "f.cs contains \"before\" 2 times, at the lines 1, 3. Add lines around it until it is unique.",
            await folder.RefusalAsync("edit", new { path = "f.cs", before = "x = 1;", after = "z" }, Cancel));
        Assert.Equal("x = 1;\ny = 2;\nx = 1;\n", folder.Text("f.cs"));
    }

    [Fact]
    public async Task Edit_shows_a_place_that_differs_in_white_space_alone()
    {
        await using var folder = new ToolFolder().With(("f.py", "def f():\n\treturn 1\n\ndef g():\n\treturn 2\n"));

        var refusal = await folder.RefusalAsync("edit", new { path = "f.py", before = "def g():\n    return 2", after = "x" }, Cancel);

        Assert.EndsWith("Only the white space differs here:\nlines 4 to 5:\ndef g():\n\treturn 2", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_shows_the_most_similar_places()
    {
        await using var folder = new ToolFolder().With(("f.cs", "using System;\n\nint Total(int first, int second) => first + second;\nint Other() => 5;\n"));

        var refusal = await folder.RefusalAsync("edit", new { path = "f.cs", before = "int Total(int a, int second) => first + second;", after = "x" }, Cancel);

        Assert.Contains("The most similar places:\nlines 3 to 3:\nint Total(int first, int second)", refusal, StringComparison.Ordinal);
        Assert.EndsWith("Nothing in it is similar: read it first.", await folder.RefusalAsync("edit", new { path = "f.cs", before = "zzzzzzz", after = "x" }, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x", "\"before\" is empty")]
    [InlineData("a", "a", "nothing would change")]
    public async Task Edit_refuses_what_makes_no_sense(string before, string after, string complaint)
    {
        await using var folder = new ToolFolder().With(("f", "a"));

        Assert.Contains(complaint, await folder.RefusalAsync("edit", new { path = "f", before, after }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edits_of_one_file_at_the_same_time_are_all_kept()
    {
        await using var folder = new ToolFolder().With(("f", string.Join('\n', Enumerable.Range(0, 20).Select(i => $"<{i}>"))));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => folder.AnswerAsync("edit", new { path = "f", before = $"<{i}>", after = $"[{i}]" }, Cancel)));

        Assert.Equal(string.Join('\n', Enumerable.Range(0, 20).Select(i => $"[{i}]")), folder.Text("f"));
    }

    [Fact]
    public async Task Read_numbers_lines_and_goes_on_where_it_stopped()
    {
        await using var folder = new ToolFolder(options => options.MaxReadLines = 2).With(("f", "one\ntwo\r\nthree"));

        Assert.Equal("1\tone\n2\ttwo\n[lines 1 to 2 of 3; go on with first_line 3]", await folder.AnswerAsync("read", new { path = "f" }, Cancel));
        Assert.Equal("3\tthree", await folder.AnswerAsync("read", new { path = "f", first_line = 3 }, Cancel));
        Assert.Equal("2\ttwo", await folder.AnswerAsync("read", new { path = "f", first_line = 2, last_line = 2 }, Cancel));
        Assert.Contains("only 3 lines", await folder.RefusalAsync("read", new { path = "f", first_line = 4 }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_stops_when_the_answer_is_full_and_cuts_long_lines()
    {
        await using var folder = new ToolFolder(options => (options.MaxResultBytes, options.MaxLineLength) = (1_024, 100))
            .With(("f", string.Join('\n', Enumerable.Repeat(new string('x', 300), 50))));

        var text = await folder.AnswerAsync("read", new { path = "f" }, Cancel);

        Assert.StartsWith($"1\t{new string('x', 100)} [... 200 more characters]\n2\t", text, StringComparison.Ordinal);
        Assert.EndsWith("of 50; go on with first_line 8]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_refuses_what_is_no_text()
    {
        await using var folder = new ToolFolder(options => options.MaxFileBytes = 1_024).With(("empty", ""), ("large", new string('x', 2_000)));
        await File.WriteAllBytesAsync(folder.Combine("binary"), [1, 0, 2], Cancel);
        await File.WriteAllBytesAsync(folder.Combine("latin"), [0xE4, 0xF6], Cancel);

        Assert.Equal("(the file is empty)", await folder.AnswerAsync("read", new { path = "empty" }, Cancel));
        Assert.Contains("is too large: 2,000 bytes", await folder.RefusalAsync("read", new { path = "large" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("is binary (3 bytes)", await folder.RefusalAsync("read", new { path = "binary" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("not in UTF-8", await folder.RefusalAsync("read", new { path = "latin" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("does not exist", await folder.RefusalAsync("read", new { path = "absent" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("is a folder", await folder.RefusalAsync("read", new { path = "." }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipes_and_devices_are_no_trap()
    {
        await using var folder = new ToolFolder(options => options.MaxFileBytes = 65_536).With(("f", "needle"));
        await folder.AnswerAsync("shell", new { command = "mkfifo pipe && ln -s /dev/zero endless" }, Cancel);

        Assert.Contains("is a pipe", await folder.RefusalAsync("read", new { path = "pipe" }, Cancel), StringComparison.Ordinal);
        Assert.Contains("too large", await folder.RefusalAsync("read", new { path = "endless" }, Cancel), StringComparison.Ordinal);
        Assert.Equal("f\n1:needle\n[2 files were too large or could not be read]", await folder.AnswerAsync("search", new { pattern = "needle" }, Cancel));
    }

    [Fact]
    public async Task Files_of_the_kernel_that_claim_to_be_empty_are_read()
    {
        await using var folder = new ToolFolder();

        Assert.Contains("\tName:", await folder.AnswerAsync("read", new { path = "/proc/self/status" }, Cancel), StringComparison.Ordinal);
    }
}
