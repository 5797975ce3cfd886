using System.Threading.Channels;

namespace Gander.Commands.Chat;

/// <summary>
/// The keys of a real terminal, also those typed while the agent works. It reads on a thread of its own, as reading a key cannot be given up; the thread
/// is in nobody's way when the program ends. Pastes are asked to be marked as such.
/// </summary>
internal sealed class ChatKeyboard : IDisposable
{
    private const int MaxTypedAhead = 100_000;
    private const string MarkPastes = "\e[?2004h";
    private const string MarkNoPastes = "\e[?2004l";

    private readonly Channel<ChatInput> _inputs = Channel.CreateBounded<ChatInput>(MaxTypedAhead);
    private readonly TextWriter _screen;

    /// <summary>Begins to listen.</summary>
    public ChatKeyboard(TextWriter screen)
    {
        _screen = screen;
        screen.Write(MarkPastes);
        screen.Flush();
        new Thread(Listen) { IsBackground = true, Name = "keyboard" }.Start();
    }

    /// <summary>What was typed, in order.</summary>
    public ChannelReader<ChatInput> Inputs => _inputs.Reader;

    /// <summary>Tells whoever reads that Ctrl-C was pressed.</summary>
    public void Interrupt() => _inputs.Writer.TryWrite(new ChatInput.Interrupt());

    public void Dispose()
    {
        _screen.Write(MarkNoPastes);
        _screen.Flush();
    }

    private void Listen()
    {
        try
        {
            while (true)
            {
                _inputs.Writer.TryWrite(new ChatInput.Key(Console.ReadKey(intercept: true)));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            _inputs.Writer.TryWrite(new ChatInput.End());
        }
    }
}
