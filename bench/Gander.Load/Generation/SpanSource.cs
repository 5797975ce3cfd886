using System.Globalization;
using System.Text;

namespace Gander.Load.Generation;

/// <summary>
/// Spans of coding agents: a turn is a trace of about ten spans, a root that invokes the agent, model calls below it, and tool
/// calls with input (60 to 1,200 bytes) and output (200 to 4,096 bytes) below those. About 1,130 bytes of names, keys and
/// values a span. Not thread-safe.
/// </summary>
internal sealed class SpanSource(Population population, Corpus corpus, SplitMix random, ushort run)
{
    public static readonly byte[] ErrorMessage = Keys.Utf8("exit code 1: command failed");
    public static readonly byte[] EventName = Keys.Utf8("exception");
    public static readonly Field[] EventAttributes =
        [Field.Of(Keys.ExceptionType, "ToolError"), Field.Of(Keys.ExceptionMessage, "command failed with exit code 1")];

    private static readonly string[] Tools =
        ["Bash", "Read", "Edit", "Grep", "Glob", "Write", "WebFetch", "TodoWrite", "Task", "mcp__github__search", "mcp__jira__get", "NotebookEdit"];

    private static readonly byte[][] ToolNames = [.. Tools.Select(Keys.Utf8)];
    private static readonly byte[][] ToolSpans = [.. Tools.Select(tool => Keys.Utf8($"execute_tool {tool}"))];
    private static readonly byte[][] ModelNames = [.. Population.Models.Select(Keys.Utf8)];
    private static readonly byte[][] ModelSpans = [.. Population.Models.Select(model => Keys.Utf8($"chat {model}"))];
    private static readonly byte[] RootSpan = Keys.Utf8("invoke_agent coder");

    private readonly Stack<SpanRecord> _free = new();
    private readonly List<SpanRecord> _batch = [];
    private long _nextNumber;

    /// <summary>
    /// The next <paramref name="count"/> spans, numbered from <paramref name="firstNumber"/>, of turns that end at about
    /// <paramref name="nowNanos"/>; the last turn is cut short where it does not fit. The list and its records are valid until
    /// the next call.
    /// </summary>
    public IReadOnlyList<SpanRecord> Take(int count, long firstNumber, long nowNanos)
    {
        foreach (var used in _batch)
        {
            _free.Push(used);
        }

        _batch.Clear();
        _nextNumber = firstNumber;
        while (_batch.Count < count)
        {
            AddTurn(count, nowNanos);
        }

        return _batch;
    }

    private void AddTurn(int count, long nowNanos)
    {
        var session = population.PickSession();
        var first = _batch.Count;
        var root = Span(session, RootSpan, parent: 0);
        root.Attributes.Add(Field.Of(Keys.Operation, Keys.InvokeAgent));
        root.Attributes.Add(Field.Of(Keys.PromptId, Token("prm_")));
        var elapsed = 0L;

        for (var calls = 1 + random.Below(6); calls > 0 && _batch.Count < count; calls--)
        {
            var call = ModelCall(session, root.SpanId, ref elapsed);
            for (var tools = random.Below(4); tools > 0 && _batch.Count < count; tools--)
            {
                ToolCall(session, call.SpanId, ref elapsed);
            }
        }

        root.EndNanos = elapsed;
        var start = nowNanos - elapsed;
        var (traceHigh, traceLow) = (random.Next(), random.Next());
        foreach (var span in _batch.Skip(first))
        {
            (span.TraceHigh, span.TraceLow) = (traceHigh, traceLow);
            span.StartNanos += start;
            span.EndNanos += start;
        }

        population.EndTurn(session);
    }

    private SpanRecord ModelCall(AgentSession session, ulong parent, ref long elapsed)
    {
        var seconds = 0.4 + (12 * Math.Pow(random.Fraction(), 2) * (1 + (session.Model * 0.2)));
        var span = Span(session, ModelSpans[session.Model], parent, kind: 3, failsOneIn: 60);
        Place(span, seconds, ref elapsed);
        var (input, output) = (2_000L + random.Below(150_000), 20L + random.Below(3_000));
        span.Attributes.Add(Field.Of(Keys.Operation, Keys.Chat));
        span.Attributes.Add(Field.Of(Keys.Provider, Keys.Anthropic));
        span.Attributes.Add(Field.Of(Keys.RequestModel, ModelNames[session.Model]));
        span.Attributes.Add(Field.Of(Keys.InputTokens, input));
        span.Attributes.Add(Field.Of(Keys.OutputTokens, output));
        span.Attributes.Add(Field.Of(Keys.CacheReadTokens, input * 9 / 10));
        span.Attributes.Add(Field.Of(Keys.Cost, Math.Round((input * 3e-6) + (output * 15e-6), 6)));
        span.Attributes.Add(Field.Of(Keys.ResponseId, Token("msg_")));
        span.Attributes.Add(Field.Of(Keys.FinishReasons, Keys.ToolUse));
        return span;
    }

    private void ToolCall(AgentSession session, ulong parent, ref long elapsed)
    {
        var tool = random.Skewed(Tools.Length);
        var span = Span(session, ToolSpans[tool], parent, failsOneIn: 20);
        Place(span, 0.01 + (20 * Math.Pow(random.Fraction(), 4)), ref elapsed);
        span.Attributes.Add(Field.Of(Keys.Operation, Keys.ExecuteTool));
        span.Attributes.Add(Field.Of(Keys.ToolName, ToolNames[tool]));
        span.Attributes.Add(Field.Of(Keys.ToolCallId, Token("toolu_")));
        span.Attributes.Add(Field.Of(Keys.Success, span.Status != 2));
        span.Attributes.Add(Field.Of(Keys.ToolInput, Text(60, 1_200)));
        span.Attributes.Add(Field.Of(Keys.ToolOutput, Text(200, 4_096)));
    }

    private SpanRecord Span(AgentSession session, byte[] name, ulong parent, int kind = 1, int failsOneIn = int.MaxValue)
    {
        var span = _free.TryPop(out var free) ? free : new SpanRecord();
        span.Attributes.Clear();
        span.Emitter = session.Emitter;
        span.SpanId = new RecordId(run, _nextNumber++).ToSpanId();
        span.ParentId = parent;
        span.Name = name;
        span.Kind = kind;
        span.Status = random.OneIn(failsOneIn) ? 2 : random.OneIn(3) ? 1 : 0;
        (span.StartNanos, span.EndNanos) = (0, 0);
        span.Attributes.Add(Field.Of(Keys.SessionId, session.Id));
        span.Attributes.Add(Field.Of(Keys.UserId, session.User));
        span.Attributes.Add(Field.Of(Keys.Project, session.Project));
        span.Attributes.Add(Field.Of(Keys.Branch, session.Branch));
        span.Attributes.Add(Field.Of(Keys.Terminal, Keys.Vscode));
        span.Attributes.Add(Field.Of(Keys.Turn, session.Turn));
        span.Attributes.Add(Field.Of(Keys.Thread, 1 + random.Below(16)));
        _batch.Add(span);
        return span;
    }

    private void Place(SpanRecord span, double seconds, ref long elapsed)
    {
        span.StartNanos = elapsed;
        elapsed += (long)(seconds * 1e9) + random.Below(1_000_000);
        span.EndNanos = elapsed;
    }

    // Short texts are more frequent than long ones.
    private ReadOnlyMemory<byte> Text(int min, int max) =>
        corpus.Cut(random, min + (int)((max - min) * random.Fraction() * random.Fraction()));

    private byte[] Token(string prefix) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{prefix}{random.Next():x16}"));
}
