using System.Globalization;
using Gander.EndToEnd.Exec;
using Gander.EndToEnd.Harness;
using Gander.Hosting;
using Gander.Web.Connecting;

namespace Gander.EndToEnd.RealAgents;

/// <summary>
/// A real agent from npm with a home of its own, a small git repository to work in, and a scripted model. Disposing it deletes
/// both folders.
/// </summary>
internal abstract class NpmAgent : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly GanderProcess _gander;
    private readonly Dictionary<string, string> _environment;

    private protected NpmAgent(string program, GanderProcess gander)
    {
        (_program, _gander) = (program, gander);
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Tools of the agent find the system's programs, and the agent comes first.
            ["PATH"] = string.Create(CultureInfo.InvariantCulture, $"{Path.GetDirectoryName(program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
            ["HOME"] = Home,
            ["TERM"] = "dumb",
            ["LANG"] = "C.UTF-8",
            ["DOTNET_NOLOGO"] = "true",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
        {
            _environment["DOTNET_ROOT"] = root;
        }
    }

    /// <summary>Where it works: a repository with <c>README.md</c> and <c>calc.py</c>, whose <c>add</c> subtracts.</summary>
    public string WorkFolder => _folder.Combine("work");

    /// <summary>What its settings are read from.</summary>
    protected string Home => _folder.Combine("home");

    /// <summary>The guide of the page "Connect an agent" that is meant for it.</summary>
    protected abstract string Guide { get; }

    /// <summary>Its command line for one prompt, without a person to ask.</summary>
    protected abstract IEnumerable<string> Ask(string prompt, IReadOnlyList<string> arguments);

    /// <summary>Lets it talk to this model and nobody else.</summary>
    public abstract void Use(ScriptedModel model);

    /// <summary>Does what the page "Connect an agent" says: nothing more than to paste it.</summary>
    public abstract void Connect();

    /// <summary>Gives it the MCP server of the reference data, named <c>demo</c>.</summary>
    public abstract void AddMcpServer();

    /// <summary>Changes a variable of its environment; null takes it out.</summary>
    public void Set(string name, string? value)
    {
        if (value is null)
        {
            _environment.Remove(name);
        }
        else
        {
            _environment[name] = value;
        }
    }

    /// <summary>Makes the working folder; to be awaited before anything runs.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(WorkFolder);
        await File.WriteAllTextAsync(Path.Combine(WorkFolder, "README.md"), "# Demo\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(WorkFolder, "calc.py"), "def add(a, b):\n    return a - b\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Home, ".gitconfig"), "[user]\nname = Demo\nemail = demo@example.com\n", cancellationToken);
        foreach (var command in new[] { "init -q", "add -A", "commit -q -m Start" })
        {
            await using var git = ChildProcess.Start(Prerequisite.Program("git"), command.Split(' '), _environment, WorkFolder);
            Assert.Equal(0, await git.WaitForExitAsync(Limit, cancellationToken));
        }
    }

    /// <summary>Runs it below <c>gander exec</c>, which gives it its settings for this one run.</summary>
    public async Task<ExecOutcome> ExecAsync(string prompt, bool content, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var process = StartExec(prompt, content, arguments);
        process.Input.Close();
        var exitCode = await process.WaitForExitAsync(Limit, cancellationToken);
        return new ExecOutcome(exitCode, process.Output, process.Errors);
    }

    /// <summary>Starts it below <c>gander exec</c>.</summary>
    public ChildProcess StartExec(string prompt, bool content, params string[] arguments) =>
        GanderProcess.StartVerb(
            _environment,
            WorkFolder,
            ["exec", .. content ? ["--content"] : Array.Empty<string>(), "--data", _gander.Data, "--", Path.GetFileName(_program), .. Ask(prompt, arguments)]);

    /// <summary>Runs it as a person would who has set it up once.</summary>
    public async Task<AgentOutcome> RunAsync(string prompt, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var process = ChildProcess.Start(_program, Ask(prompt, arguments), _environment, WorkFolder);
        process.Input.Close();
        var exitCode = await process.WaitForExitAsync(Limit, cancellationToken);
        return new AgentOutcome(exitCode, string.Join('\n', process.Output), string.Join('\n', process.Errors));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The first thing to paste on the page.</summary>
    protected string GuideText()
    {
        var addresses = new ServerAddresses(_gander.OtlpGrpc, _gander.OtlpHttp, _gander.Pages);
        return AgentGuides.All(addresses, tokenNeeded: false).Single(guide => guide.Slug == Guide).Blocks[0].Text;
    }

    /// <summary>Sets the variables of lines for a shell.</summary>
    protected void Export(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var (name, value) = line["export ".Length..].Split('=', 2) is [var left, var right] ? (left, right) : throw new FormatException(line);
            Set(name, value.Trim('"'));
        }
    }

    /// <summary>A file below its home, with its folder.</summary>
    protected string HomeFile(params ReadOnlySpan<string> path)
    {
        var file = Path.Combine([Home, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }
}
