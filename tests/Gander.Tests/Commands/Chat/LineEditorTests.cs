using System.Threading.Channels;
using Gander.Commands.Chat;
using Gander.Tests.Stores;

namespace Gander.Tests.Commands.Chat;

/// <summary>Prompts as they are typed.</summary>
public sealed class LineEditorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<ChatInput> _keys = Channel.CreateUnbounded<ChatInput>();
    private readonly StringWriter _screen = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hello\r", "hello")]
    [InlineData("one\\\rtwo\r", "one\ntwo")]
    [InlineData("one\ntwo\r", "one\ntwo")]
    [InlineData("\e\rx\r", "\nx")]
    [InlineData("\e[200~one\rtwo\nthree\e[201~!\r", "one\ntwo\nthree!")]
    [InlineData("\e[200~a\eb\e[201~\r", "ab")]
    [InlineData("Grüße 🦆\r", "Grüße 🦆")]
    [InlineData("\r", "")]
    public async Task Lines_end_where_the_person_ends_them(string keys, string prompt)
    {
        Type(keys);

        Assert.Equal(new PromptLine.Typed(prompt), await Editor().ReadAsync(Cancel));
    }

    [Fact]
    public async Task The_history_is_walked_with_the_draft_at_its_end()
    {
        var history = PromptHistory.Open(_folder.Path);
        history.Add("first");
        history.Add("second");
        var editor = new LineEditor(_keys.Reader, new LineScreen(_screen, () => 80), history);

        Type("draft");
        Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow);
        Type("!\r");
        Assert.Equal(new PromptLine.Typed("first!"), await editor.ReadAsync(Cancel));

        Type("draft");
        Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow);
        Type("!\r");
        Assert.Equal(new PromptLine.Typed("draft!"), await editor.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Ctrl_C_clears_what_was_typed_and_is_told_at_an_empty_prompt()
    {
        Type("abc");
        _keys.Writer.TryWrite(new ChatInput.Interrupt());
        Type("d\r");
        _keys.Writer.TryWrite(new ChatInput.Interrupt());
        var editor = Editor();

        Assert.Equal(new PromptLine.Typed("d"), await editor.ReadAsync(Cancel));
        Assert.Equal(new PromptLine.Interrupted(), await editor.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Ctrl_D_leaves_at_an_empty_prompt_alone()
    {
        Type("ab");
        Control(ConsoleKey.A);
        Control(ConsoleKey.D);
        Type("\r");
        Control(ConsoleKey.D);
        var editor = Editor();

        Assert.Equal(new PromptLine.Typed("b"), await editor.ReadAsync(Cancel));
        Assert.Equal(new PromptLine.Ended(), await editor.ReadAsync(Cancel));
    }

    [Fact]
    public async Task What_is_pasted_cannot_steer_the_terminal()
    {
        Type("\e[200~a\u0007b\u009bc\e[201~\r");

        await Editor().ReadAsync(Cancel);

        Assert.DoesNotContain('\u0007', _screen.ToString());
        Assert.DoesNotContain('\u009b', _screen.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private LineEditor Editor() => new(_keys.Reader, new LineScreen(_screen, () => 20), PromptHistory.Open(_folder.Path));

    private void Type(string text)
    {
        foreach (var character in text)
        {
            var key = character switch { '\r' => ConsoleKey.Enter, '\e' => ConsoleKey.Escape, _ => ConsoleKey.None };
            _keys.Writer.TryWrite(new ChatInput.Key(new ConsoleKeyInfo(character, key, shift: false, alt: false, control: false)));
        }
    }

    private void Press(params ReadOnlySpan<ConsoleKey> keys)
    {
        foreach (var key in keys)
        {
            _keys.Writer.TryWrite(new ChatInput.Key(new ConsoleKeyInfo('\0', key, shift: false, alt: false, control: false)));
        }
    }

    private void Control(ConsoleKey key) => _keys.Writer.TryWrite(new ChatInput.Key(new ConsoleKeyInfo((char)(key - ConsoleKey.A + 1), key, shift: false, alt: false, control: true)));
}
