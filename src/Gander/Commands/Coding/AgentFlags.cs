using System.CommandLine;
using System.Globalization;

namespace Gander.Commands.Coding;

/// <summary>The flags that every command with an agent has.</summary>
internal sealed class AgentFlags
{
    private readonly Option<string?> _name = new("--name", "-n") { Description = "A name for the session, or with --resume the one to go on with", HelpName = "NAME" };
    private readonly Option<string?> _session = new("--session-id") { Description = "The session to go on with; needs --resume", HelpName = "ID" };
    private readonly Option<bool> _resume = new("--resume", "-r") { Description = "Go on with a session: by name, by id, or the last one" };
    private readonly Option<bool> _unstored = new("--no-session") { Description = "Keep nothing of the session" };
    private readonly Option<string?> _system = new("--system") { Description = "Further instructions for the agent", HelpName = "TEXT" };
    private readonly Option<int?> _steps = Limit("--max-turns", "Model calls before the agent asks whether to go on");
    private readonly Option<int?> _repetitions = Limit("--max-tool-repetitions", "How often in a row a tool may be called with the same arguments");
    private readonly Option<string?> _provider = new("--provider") { Description = "openai, anthropic, ollama or openrouter", HelpName = "NAME" };
    private readonly Option<string?> _model = new("--model") { Description = "The model, as the provider calls it", HelpName = "NAME" };
    private readonly Option<string[]> _commands = new("--with-extension") { Description = "An MCP server to start, as '[name:]ENV=value command args'", HelpName = "COMMAND" };
    private readonly Option<string[]> _addresses = new("--with-streamable-http-extension") { Description = "An MCP server over HTTP", HelpName = "URL" };
    private readonly Option<string[]> _builtins = new("--with-builtin") { Description = "Built-in extensions by name, separated by commas", HelpName = "NAMES" };
    private readonly Option<bool> _noProfile = new("--no-profile") { Description = "Leave out the extensions of the configuration" };
    private readonly Option<bool> _debug = new("--debug") { Description = "Show whole answers of tools" };

    /// <summary>Adds the flags.</summary>
    public AgentFlags(Command command)
    {
        foreach (var option in new Option[] { _name, _session, _resume, _unstored, _system, _steps, _repetitions, _provider, _model, _commands, _addresses, _builtins, _noProfile, _debug })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_session) is not null && result.GetResult(_resume) is null)
            {
                result.AddError("--session-id names a session to go on with: add --resume.");
            }

            if (result.GetResult(_resume) is not null && result.GetResult(_unstored) is not null)
            {
                result.AddError("--no-session keeps nothing, so it does not go with --resume.");
            }
        });
    }

    /// <summary>What was given.</summary>
    public AgentRequest Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        Set("GOOSE_PROVIDER", parsed.GetValue(_provider));
        Set("GOOSE_MODEL", parsed.GetValue(_model));
        Set("GOOSE_MAX_TURNS", parsed.GetValue(_steps)?.ToString(CultureInfo.InvariantCulture));
        Set("GOOSE_MAX_TOOL_REPETITIONS", parsed.GetValue(_repetitions)?.ToString(CultureInfo.InvariantCulture));
        return new AgentRequest
        {
            Name = parsed.GetValue(_name),
            SessionId = parsed.GetValue(_session),
            Resumes = parsed.GetValue(_resume),
            IsUnstored = parsed.GetValue(_unstored),
            Instructions = parsed.GetValue(_system),
            Settings = settings,
            Commands = parsed.GetValue(_commands) ?? [],
            Addresses = parsed.GetValue(_addresses) ?? [],
            Builtins = [.. (parsed.GetValue(_builtins) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            HasNoProfile = parsed.GetValue(_noProfile),
            IsDebug = parsed.GetValue(_debug),
        };

        void Set(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                settings[name] = value;
            }
        }
    }

    private static Option<int?> Limit(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                result.AddError($"{name} takes a whole number from 1.");
            }
        });
        return option;
    }
}
