using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Commands.Coding;

namespace Gander.Commands.Chat;

/// <summary>A conversation with the agent from its beginning to the exit code.</summary>
internal sealed class ChatRun
{
    // A title is worth a moment at the end, not more.
    private static readonly TimeSpan TitlePatience = TimeSpan.FromSeconds(3);

    private readonly AgentHost _host;
    private readonly ChatConsole _console;
    private readonly ChatSignals _signals;
    private readonly IPromptReader _prompts;
    private readonly PromptHistory _history;
    private readonly SlashCommands _commands;
    private bool _hasFailed;
    private bool _isLeaving;

    private ChatRun(AgentHost host, ChatConsole console, ChatSignals signals, Terminal terminal)
    {
        (_host, _console, _signals) = (host, console, signals);
        _history = PromptHistory.Open(host.Configuration.Paths.State);
        _prompts = console.Prompts(_history, terminal);
        _commands = new SlashCommands(host, console.Screen, terminal, CompactAsync);
    }

    private ChatScreen Screen => _console.Screen;

    /// <summary>Talks until the person leaves, the input ends or a signal says so.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="firstPrompt">What is said first without anybody typing it.</param>
    /// <param name="showsHistory">Whether the conversation so far is shown.</param>
    /// <param name="terminal">The surroundings.</param>
    public static async Task<int> RunAsync(AgentRequest request, string command, string? firstPrompt, bool showsHistory, Terminal terminal)
    {
        using var console = ChatConsole.Open(terminal);
        using var signals = new ChatSignals(console.Interrupt);
        try
        {
            await using var host = await AgentHost.OpenAsync(request, command, console.Approver, terminal, signals.Leave);
            console.Screen.ShowsAll = request.IsDebug;
            var chat = new ChatRun(host, console, signals, terminal);
            chat.Greet(showsHistory);
            await chat.TalkAsync(firstPrompt);
            await host.Session.FinishAsync(signals.Leave.IsCancellationRequested ? TimeSpan.Zero : TitlePatience);
            host.Scope.Complete(chat._hasFailed, host.Session.Messages.Count(message => message.UserVisible));
            return signals.Leave.IsCancellationRequested ? ExitCode.Interrupted : chat._hasFailed && !console.IsTerminal ? ExitCode.Failed : ExitCode.Ok;
        }
        catch (OperationCanceledException) when (signals.Leave.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private void Greet(bool showsHistory)
    {
        var session = _host.Session;
        Screen.Tell(Screen.Paint.Dim($"{(_host.IsResumed ? "resumed" : "new")} session {session.Id} · {session.Model.Provider} {PlainText.Of(session.Model.Model)} · {PlainText.Of(session.Options.WorkingDirectory)}"));
        if (_console.IsTerminal)
        {
            Screen.Tell(Screen.Paint.Dim("/help lists commands; a backslash at the end or Alt-Enter begins a new line; Ctrl-C interrupts, Ctrl-D leaves."));
        }

        if (showsHistory)
        {
            ShowHistory();
        }
    }

    private void ShowHistory()
    {
        var markdown = SessionMarkdown.Messages(_host.Session.Messages);
        if (markdown.Length > 0)
        {
            Screen.Show(new AgentEvent.TextDelta("history", markdown));
            Screen.Tell("");
        }
    }

    private async Task TalkAsync(string? firstPrompt)
    {
        var wasInterrupted = false;
        if (firstPrompt is not null)
        {
            await SendAsync(firstPrompt);
        }

        while (!_isLeaving && !_signals.Leave.IsCancellationRequested)
        {
            switch (await ReadAsync())
            {
                case PromptLine.Ended:
                    return;
                case PromptLine.Interrupted when wasInterrupted:
                    return;
                case PromptLine.Interrupted:
                    wasInterrupted = true;
                    Screen.Tell(Screen.Paint.Dim("Ctrl-C again leaves, and so does Ctrl-D."));
                    break;
                case PromptLine.Typed { Text: var text }:
                    wasInterrupted = false;
                    await TakeAsync(text);
                    break;
            }
        }
    }

    private async Task<PromptLine> ReadAsync()
    {
        try
        {
            return await _prompts.ReadAsync(_signals.Leave);
        }
        catch (OperationCanceledException)
        {
            return new PromptLine.Ended();
        }
    }

    private async Task TakeAsync(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_console.IsTerminal)
        {
            _history.Add(text);
        }

        if (SlashCommands.IsOne(text))
        {
            await _signals.DuringTurnAsync(async stop => _isLeaving = await _commands.RunAsync(text, stop));
        }
        else
        {
            await SendAsync(text);
        }
    }

    private Task SendAsync(string text) => _signals.DuringTurnAsync(stop => ShowAsync(_host.Session.SendAsync(text, stop)));

    private Task CompactAsync(CancellationToken cancellationToken) => ShowAsync(_host.Session.CompactAsync(cancellationToken));

    private async Task ShowAsync(IAsyncEnumerable<AgentEvent> events)
    {
        try
        {
            await foreach (var happened in events)
            {
                Screen.Show(happened);
                if (happened is AgentEvent.TurnEnded { Outcome.Status: var status })
                {
                    _hasFailed = status is TurnStatus.Failed or TurnStatus.ApprovalRequired;

                    // Nobody is there to say how to go on without what was not allowed.
                    _isLeaving |= status == TurnStatus.ApprovalRequired && !_console.IsTerminal;
                }
            }
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            Screen.Tell(Screen.Paint.Bad($"error: {PlainText.Of(e.Message)}"));
        }
    }
}
