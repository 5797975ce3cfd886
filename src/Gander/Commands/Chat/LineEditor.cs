using System.Text;
using System.Threading.Channels;

namespace Gander.Commands.Chat;

/// <summary>
/// Reads a prompt from a keyboard: with history (up, down), over several lines (a backslash at the end, Alt-Enter, Ctrl-Enter, Ctrl-J) and with pastes, whose
/// line breaks send nothing.
/// </summary>
/// <param name="inputs">What is typed.</param>
/// <param name="screen">Where it is shown.</param>
/// <param name="history">What was typed before.</param>
internal sealed class LineEditor(ChannelReader<ChatInput> inputs, LineScreen screen, PromptHistory history) : IPromptReader
{
    private const string PasteMark = "200~";
    private const string PasteEndMark = "201~";

    private static readonly TimeSpan SequencePatience = TimeSpan.FromMilliseconds(100);

    private readonly LineBuffer _buffer = new();
    private string _draft = "";
    private int _shownEntry;

    /// <summary>Lets the person type until there is a prompt.</summary>
    public async Task<PromptLine> ReadAsync(CancellationToken cancellationToken)
    {
        _buffer.Set("");
        _shownEntry = history.Entries.Count;
        screen.Begin();
        screen.Draw(_buffer);
        while (true)
        {
            if (await TakeAsync(await inputs.ReadAsync(cancellationToken), cancellationToken) is { } line)
            {
                screen.End(_buffer);
                return line;
            }

            // A paste is drawn once and not with each of its characters.
            if (!inputs.TryPeek(out _))
            {
                screen.Draw(_buffer);
            }
        }
    }

    private async Task<PromptLine?> TakeAsync(ChatInput input, CancellationToken cancellationToken)
    {
        switch (input)
        {
            case ChatInput.End:
                return new PromptLine.Ended();
            case ChatInput.Interrupt when _buffer.Text.Length == 0:
                return new PromptLine.Interrupted();
            case ChatInput.Interrupt:
                screen.End(_buffer);
                _buffer.Set("");
                return null;
            case ChatInput.Key { Info.Key: ConsoleKey.Escape }:
                await EscapeAsync(cancellationToken);
                return null;
            case ChatInput.Key { Info: { KeyChar: '[', Modifiers: ConsoleModifiers.Alt } }:
                await PasteAsync(cancellationToken);
                return null;
            case ChatInput.Key { Info: var key }:
                return Press(key);
            default:
                return null;
        }
    }

    private PromptLine? Press(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
        {
            return Enter(key);
        }

        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
        {
            return Control(key.Key);
        }

        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt))
        {
            Alt(key.Key);
            return null;
        }

        switch (key.Key)
        {
            case ConsoleKey.Backspace:
                _buffer.Backspace();
                break;
            case ConsoleKey.Delete:
                _buffer.Delete();
                break;
            case ConsoleKey.LeftArrow:
                _buffer.Left();
                break;
            case ConsoleKey.RightArrow:
                _buffer.Right();
                break;
            case ConsoleKey.Home:
                _buffer.Home();
                break;
            case ConsoleKey.End:
                _buffer.End();
                break;
            case ConsoleKey.UpArrow when !_buffer.Up():
                Recall(_shownEntry - 1);
                break;
            case ConsoleKey.DownArrow when !_buffer.Down():
                Recall(_shownEntry + 1);
                break;
            default:
                if (key.KeyChar == '\t' || (key.KeyChar != '\0' && !char.IsControl(key.KeyChar)))
                {
                    _buffer.Insert(key.KeyChar.ToString());
                }

                break;
        }

        return null;
    }

    private PromptLine.Typed? Enter(ConsoleKeyInfo key)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt) || key.Modifiers.HasFlag(ConsoleModifiers.Control) || key.KeyChar == '\n')
        {
            _buffer.Insert("\n");
            return null;
        }

        if (_buffer.Position == _buffer.Text.Length && _buffer.Text.EndsWith('\\'))
        {
            _buffer.Backspace();
            _buffer.Insert("\n");
            return null;
        }

        return new PromptLine.Typed(_buffer.Text);
    }

    private PromptLine.Ended? Control(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.D when _buffer.Text.Length == 0:
                return new PromptLine.Ended();
            case ConsoleKey.D:
                _buffer.Delete();
                break;
            case ConsoleKey.A:
                _buffer.Home();
                break;
            case ConsoleKey.E:
                _buffer.End();
                break;
            case ConsoleKey.B:
                _buffer.Left();
                break;
            case ConsoleKey.F:
                _buffer.Right();
                break;
            case ConsoleKey.K:
                _buffer.DeleteToLineEnd();
                break;
            case ConsoleKey.U:
                _buffer.DeleteToLineStart();
                break;
            case ConsoleKey.W or ConsoleKey.Backspace:
                _buffer.DeleteWord();
                break;
            case ConsoleKey.P:
                Recall(_shownEntry - 1);
                break;
            case ConsoleKey.N:
                Recall(_shownEntry + 1);
                break;
            case ConsoleKey.J:
                _buffer.Insert("\n");
                break;
            case ConsoleKey.LeftArrow:
                _buffer.WordLeft();
                break;
            case ConsoleKey.RightArrow:
                _buffer.WordRight();
                break;
        }

        return null;
    }

    private void Alt(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.B or ConsoleKey.LeftArrow:
                _buffer.WordLeft();
                break;
            case ConsoleKey.F or ConsoleKey.RightArrow:
                _buffer.WordRight();
                break;
            case ConsoleKey.Backspace:
                _buffer.DeleteWord();
                break;
        }
    }

    private void Recall(int entry)
    {
        if (entry < 0 || entry > history.Entries.Count)
        {
            return;
        }

        if (_shownEntry == history.Entries.Count)
        {
            _draft = _buffer.Text;
        }

        _shownEntry = entry;
        _buffer.Set(entry == history.Entries.Count ? _draft : history.Entries[entry]);
    }

    // The console gives Alt with some keys as the escape key before them.
    private async Task EscapeAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken) is not { } next)
        {
            return;
        }

        if (next.KeyChar == '[')
        {
            inputs.TryRead(out _);
            await PasteAsync(cancellationToken);
        }
        else if (next.Key == ConsoleKey.Enter)
        {
            inputs.TryRead(out _);
            _buffer.Insert("\n");
        }
    }

    // A terminal puts ESC [ 200 ~ before what is pasted and ESC [ 201 ~ behind.
    private async Task PasteAsync(CancellationToken cancellationToken)
    {
        if (!await IsNextAsync(PasteMark, cancellationToken))
        {
            return;
        }

        var pasted = new StringBuilder();
        while (await inputs.ReadAsync(cancellationToken) is ChatInput.Key { Info: var key })
        {
            if (await BeginsSequenceAsync(key, cancellationToken))
            {
                if (await IsNextAsync(PasteEndMark, cancellationToken))
                {
                    break;
                }
            }
            else if (key.KeyChar is not ('\0' or '\e'))
            {
                pasted.Append(key.KeyChar == '\r' ? '\n' : key.KeyChar);
            }
        }

        _buffer.Insert(pasted.ToString());
    }

    private async Task<bool> BeginsSequenceAsync(ConsoleKeyInfo key, CancellationToken cancellationToken) =>
        key.Key == ConsoleKey.Escape
            ? await NextAsync(cancellationToken) is { KeyChar: '[' } && inputs.TryRead(out _)
            : key is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt };

    private async Task<bool> IsNextAsync(string mark, CancellationToken cancellationToken)
    {
        foreach (var character in mark)
        {
            if (await NextAsync(cancellationToken) is not { } key || key.KeyChar != character)
            {
                return false;
            }

            inputs.TryRead(out _);
        }

        return true;
    }

    // The next key, which stays where it is. Nobody types so fast: what does not come at once is not part of a sequence.
    private async Task<ConsoleKeyInfo?> NextAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SequencePatience);
        try
        {
            await inputs.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        return inputs.TryPeek(out var next) && next is ChatInput.Key { Info: var key } ? key : null;
    }
}
