using System.Buffers.Text;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// opencode: spans of the Vercel AI SDK among hundreds of its own inner ones, of which only model calls and tool calls count.
/// One call a session is made for its title. What it has not sent when it exits is lost, which is most of a short run.
/// </summary>
internal sealed class OpencodeDialect : CallDialect
{
    /// <inheritdoc/>
    public override string Agent => "opencode";

    /// <inheritdoc/>
    public override bool PromptsAreConversations => true;

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["ai.prompt.messages"],
        Answer = ["ai.response.text"],
        ModelInput = ["ai.prompt.messages"],
        ToolInput = ["ai.toolCall.args"],
        ToolOutput = ["ai.toolCall.result"],
        Error = ["exception.message"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName == Agent;

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) => facts.Role = facts.Name switch
    {
        "SessionPrompt.createUserMessage" => SpanRole.Prompt,
        "ai.streamText.doStream" or "ai.generateText.doGenerate" => SpanRole.Model,
        "Tool.execute" => SpanRole.Tool,
        "ai.toolCall" => SpanRole.ToolRun,
        "Permission.ask" => SpanRole.Wait,
        _ => SpanRole.Other,
    };

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName) => LogFactKind.Other;

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
        switch (facts.Role)
        {
            case SpanRole.Model:
                call.Success = facts.Status != 2;
                call.HasContent = !attributes.Text("ai.prompt.messages"u8).IsEmpty;
                call.AsksForTools = attributes.Text("ai.response.finishReason"u8).SequenceEqual("tool-calls"u8);
                call.Agent = IsTitle(attributes.Text("ai.prompt.messages"u8)) ? CallDialect.TitleAgent : call.Agent;
                call.Provider = call.Provider.EndsWith(".chat", StringComparison.Ordinal) ? call.Provider[..^".chat".Length] : call.Provider;
                break;
            case SpanRole.Tool:
                call.Success = facts.Status != 2;
                break;
            case SpanRole.ToolRun when call.Tool == "bash":
                ReadShell(attributes.Text("ai.toolCall.result"u8), attributes.Text("ai.toolCall.args"u8), call);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    internal override bool IsSession(SessionEvidence evidence, IReadOnlyList<Turn> turns) => turns.Any(turn => turn.Steps.Count > 0);

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence)
    {
        var last = evidence.Trees.SelectMany(tree => tree.Spans.ToArray())
            .Where(span => span is { Role: SpanRole.Model, Call.Agent: not CallDialect.TitleAgent })
            .MaxBy(span => (span.EndNanos, span.Span.Value));
        if (last is null or { Call: { AsksForTools: true } or { Success: false } })
        {
            yield return new MissingPart("the last model calls and tool calls", "opencode exits without sending its last spans", null);
        }

        yield return new MissingPart("lines, commits and pull requests", "opencode does not count them", null);
    }

    private static bool IsTitle(ReadOnlySpan<byte> messages) =>
        messages[..Math.Min(messages.Length, 512)].IndexOf("\"content\":\"You are a title generator"u8) >= 0;

    // The result is JSON with the exit code among its metadata; inside its texts quotes are escaped.
    private static void ReadShell(ReadOnlySpan<byte> result, ReadOnlySpan<byte> arguments, CallFacts call)
    {
        var key = "\"exit\":"u8;
        var at = result.LastIndexOf(key);
        if (at >= 0 && Utf8Parser.TryParse(result[(at + key.Length)..].TrimStart((byte)' '), out long code, out _))
        {
            call.ExitCode = code;
            call.Success = code == 0;
            call.ErrorType = code == 0 ? call.ErrorType : $"exit code {code.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            call.Changes = code == 0 ? ShellChanges.Of(arguments) : default;
        }
    }
}
