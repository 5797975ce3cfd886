using System.Globalization;
using Gander.Agent.Configuration;
using Gander.Agent.Permissions;
using Gander.Agent.Providers;
using Gander.Commands.Coding;

namespace Gander.Commands.Chat;

/// <summary>What a person can say to the program instead of to the agent.</summary>
/// <param name="host">The agent.</param>
/// <param name="screen">Where answers go.</param>
/// <param name="terminal">The surroundings.</param>
/// <param name="compact">Sums the conversation up.</param>
internal sealed class SlashCommands(AgentHost host, ChatScreen screen, Terminal terminal, Func<CancellationToken, Task> compact)
{
    private const string Help =
        """
        /help               this list (also /?)
        /status             session, model, mode, tokens and cost
        /mode [MODE]        what the agent may do without asking: auto, approve, smart_approve, chat
        /model [NAME]       the model, or PROVIDER NAME, for what follows
        /tools              the tools the model may use
        /extension COMMAND  start an MCP server: [name:]VARIABLE=value command arguments, or an address
        /compact            put a summary in the place of the conversation so far
        /clear              begin afresh, in the same session
        /r                  show answers of tools whole, or cut
        /t                  colours on or off
        /exit, /quit        leave (also Ctrl-D)
        """;

    /// <summary>Whether a text is a command. A path such as <c>/etc/hosts</c> at the beginning of a prompt is not.</summary>
    public static bool IsOne(string text) => text.StartsWith('/') && !text.AsSpan(1).TrimEnd().Contains('\n') && !text.Split(' ', 2)[0].AsSpan(1).Contains('/');

    /// <summary>Does what the command says.</summary>
    /// <returns>Whether the person leaves.</returns>
    public async Task<bool> RunAsync(string text, CancellationToken cancellationToken)
    {
        var words = text.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var argument = words.Length > 1 ? words[1] : "";
        switch (words[0].ToLowerInvariant())
        {
            case "/exit" or "/quit":
                return true;
            case "/help" or "/?":
                screen.Tell(Help);
                break;
            case "/status":
                Status();
                break;
            case "/mode":
                Mode(argument);
                break;
            case "/model":
                Model(argument);
                break;
            case "/tools":
                screen.Tell(host.Session.Tools.Count == 0 ? "There are no tools." : string.Join('\n', host.Session.Tools.Select(tool => PlainText.Of(tool.Name))));
                break;
            case "/extension":
                await ExtendAsync(argument, cancellationToken);
                break;
            case "/compact":
                await CompactAsync(cancellationToken);
                break;
            case "/clear":
                host.Session.Clear();
                screen.Tell(screen.Paint.Dim("The conversation begins afresh."));
                break;
            case "/r":
                screen.ShowsAll = !screen.ShowsAll;
                screen.Tell(screen.Paint.Dim(screen.ShowsAll ? "Answers of tools are shown whole." : "Answers of tools are cut."));
                break;
            case "/t":
                screen.Paint.IsOn = !screen.Paint.IsOn;
                screen.Tell(screen.Paint.IsOn ? "Colours are on." : "Colours are off.");
                break;
            default:
                screen.Tell($"There is no command {PlainText.Of(words[0])}; /help lists them.");
                break;
        }

        return false;
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        var before = host.Session.Messages.Count;
        await compact(cancellationToken);
        if (host.Session.Messages.Count == before)
        {
            screen.Tell(screen.Paint.Dim("There is nothing to sum up."));
        }
    }

    private void Status()
    {
        var (session, totals) = (host.Session, host.Session.Totals);
        var limit = session.Model.Facts.ContextLimit;
        screen.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            session    {session.Id}{(host.IsResumed ? ", resumed" : "")}
            model      {session.Model.Provider} {PlainText.Of(session.Model.Model)}
            mode       {host.Gate.Mode.Name()}
            folder     {PlainText.Of(session.Options.WorkingDirectory)}
            tools      {session.Tools.Count}
            context    {session.ContextTokens:N0} of {limit:N0} tokens
            used       {totals.Usage.InputTokens:N0} input and {totals.Usage.OutputTokens:N0} output tokens in {totals.ModelCalls} model calls
            tool calls {totals.ToolCalls}, {totals.ToolFailures} of them failed
            cost       {(totals.CostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $"${cost:0.######}") : "unknown, as the model's price is not known")}
            """));
    }

    private void Mode(string name)
    {
        if (name.Length == 0)
        {
            screen.Tell($"The mode is {host.Gate.Mode.Name()}. Modes are {string.Join(", ", PermissionModes.Names)}.");
        }
        else if (PermissionModes.Parse(name) is { } mode)
        {
            host.Gate.Mode = mode;
            screen.Tell($"The mode is {mode.Name()}.");
        }
        else
        {
            screen.Tell($"There is no mode '{PlainText.Of(name)}'. Modes are {string.Join(", ", PermissionModes.Names)}.");
        }
    }

    private void Model(string name)
    {
        var current = host.Session.Model;
        if (name.Length == 0)
        {
            screen.Tell($"The model is {current.Provider} {PlainText.Of(current.Model)}.");
            return;
        }

        var words = name.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            host.Session.Model = ModelProviders.Connect(
                host.Configuration, words is [var provider, var model] ? new ModelSelection(provider.ToLowerInvariant(), model) : new ModelSelection(current.Provider, name), time: terminal.Time);
            current.Dispose();
            screen.Tell($"The model is {host.Session.Model.Provider} {PlainText.Of(host.Session.Model.Model)}.");
        }
        catch (AgentConfigurationException e)
        {
            screen.Tell(screen.Paint.Bad(PlainText.Of(e.Message)));
        }
    }

    private async Task ExtendAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var problem = text.Length == 0 ? throw new AgentConfigurationException("Write it as /extension name:VARIABLE=value command arguments.") : await host.Tools.AddAsync(text, cancellationToken);
            screen.Tell(problem is null ? $"The model has {host.Session.Tools.Count} tools now." : screen.Paint.Bad(PlainText.Of($"The extension {problem.Extension} is not there. {problem.Reason}")));
        }
        catch (Exception e) when (e is AgentConfigurationException or OperationCanceledException)
        {
            screen.Tell(screen.Paint.Bad(PlainText.Of(e.Message)));
        }
    }
}
