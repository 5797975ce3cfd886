using System.CommandLine;
using Gander.Agent.Configuration;
using Gander.Agent.Sessions;

namespace Gander.Commands.Chat;

/// <summary>Which stored session a command is about: its id, or its name.</summary>
internal sealed class SessionChoice
{
    private readonly Argument<string?> _session = new("SESSION") { Description = "The session's id or name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _id = new("--session-id") { Description = "The session's id", HelpName = "ID" };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "The session's name", HelpName = "NAME" };

    /// <summary>Adds the arguments.</summary>
    public SessionChoice(Command command)
    {
        command.Add(_session);
        command.Add(_id);
        command.Add(_name);
        command.Validators.Add(result =>
        {
            if (new[] { result.GetResult(_session)?.Tokens.Count, result.GetResult(_id)?.Tokens.Count, result.GetResult(_name)?.Tokens.Count }.Count(given => given > 0) != 1)
            {
                result.AddError("Name one session by its id or its name; gander session list shows them.");
            }
        });
    }

    /// <summary>The session.</summary>
    /// <exception cref="AgentConfigurationException">There is none.</exception>
    public SessionInfo Find(ParseResult parsed, SessionStore store)
    {
        var (any, id, name) = (parsed.GetValue(_session), parsed.GetValue(_id), parsed.GetValue(_name));
        return (id is not null ? store.Find(id) : name is not null ? store.FindByName(name) : store.Find(any!) ?? store.FindByName(any!))
            ?? throw new AgentConfigurationException($"There is no session '{id ?? name ?? any}'; gander session list shows them.");
    }
}
