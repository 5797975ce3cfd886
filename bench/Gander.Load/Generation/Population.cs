using System.Globalization;
using System.Text;

namespace Gander.Load.Generation;

/// <summary>
/// Who sends: 480 emitters of 12 services, 200 users of whom a few do most, 300 repositories, 8 models, and 256 sessions going
/// on at a time, each of 2 to 14 turns. The emitters are the same in every run; sessions depend on the seed. Not thread-safe.
/// </summary>
internal sealed class Population
{
    public static readonly string[] Models =
        ["claude-sonnet-4-5", "claude-opus-4-1", "gpt-5-codex", "gpt-5-mini", "gemini-2.5-pro", "qwen3-coder", "claude-haiku-4-5", "deepseek-v3"];

    public static readonly string[] Services =
        ["claude-code", "codex-cli", "gemini-cli", "cursor-agent", "aider", "opencode", "ci-reviewer", "ide-bridge", "mcp-gateway", "llm-proxy", "agent-runner", "eval-harness"];

    private const int Emitters = 480;
    private const int Users = 200;
    private const int Projects = 300;
    private const int Branches = 40;
    private const int ConcurrentSessions = 256;

    private readonly SplitMix _random;
    private readonly Emitter[] _emitters = MakeEmitters();
    private readonly AgentSession[] _sessions = new AgentSession[ConcurrentSessions];

    public Population(SplitMix random)
    {
        _random = random;
        for (var i = 0; i < _sessions.Length; i++)
        {
            _sessions[i] = MakeSession();
        }
    }

    /// <summary>All emitters, for metrics, which each of them sends.</summary>
    public IReadOnlyList<Emitter> AllEmitters => _emitters;

    /// <summary>A session in which something happens now.</summary>
    public AgentSession PickSession() => _sessions[_random.Below(_sessions.Length)];

    /// <summary>Ends one turn of a session; after its last one a new session takes its place.</summary>
    public void EndTurn(AgentSession session)
    {
        session.Turn++;
        if (--session.TurnsLeft <= 0)
        {
            _sessions[Array.IndexOf(_sessions, session)] = MakeSession();
        }
    }

    private AgentSession MakeSession() => new()
    {
        Id = Text($"{_random.Next():x16}-{_random.Next():x16}-{_random.Below(100):00}"),
        User = Text($"user-{_random.Skewed(Users):000}@example.com"),
        Project = Text($"repo-{_random.Skewed(Projects)}"),
        Branch = Text($"feature/{_random.Below(Branches)}"),
        Emitter = _emitters[_random.Skewed(Emitters)],
        Model = _random.Skewed(Models.Length),
        TurnsLeft = 2 + _random.Below(13),
        Trace = (_random.Next(), _random.Next()),
    };

    private static Emitter[] MakeEmitters()
    {
        var random = new SplitMix(42);
        var emitters = new Emitter[Emitters];
        for (var i = 0; i < emitters.Length; i++)
        {
            var service = Services[i < Services.Length ? i : random.Skewed(Services.Length)];
            emitters[i] = new Emitter(service,
            [
                Field.Of(Keys.ServiceName, service),
                Field.Of(Keys.ServiceVersion, string.Create(CultureInfo.InvariantCulture, $"1.{random.Below(8)}.{random.Below(20)}")),
                Field.Of(Keys.HostName, string.Create(CultureInfo.InvariantCulture, $"dev-{random.Below(160):000}")),
                Field.Of(Keys.HostArch, random.OneIn(3) ? "arm64" : "amd64"),
                Field.Of(Keys.OsType, random.OneIn(2) ? "darwin" : "linux"),
                Field.Of(Keys.OsVersion, string.Create(CultureInfo.InvariantCulture, $"{22 + random.Below(4)}.04")),
                Field.Of(Keys.RuntimeName, "nodejs"),
                Field.Of(Keys.SdkLanguage, "nodejs"),
                Field.Of(Keys.Environment, random.OneIn(4) ? "ci" : "dev"),
            ]);
        }

        return emitters;
    }

    private static byte[] Text(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
