using System.Globalization;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// GitHub Copilot CLI: spans that keep the GenAI conventions, and metrics that name no session, only the process. It sends no
/// log records. A command that exits with a failure is no failure to it, and a request that was repeated is a span each time.
/// </summary>
internal sealed class CopilotDialect : CallDialect
{
    private const int HashLength = 64;

    /// <inheritdoc/>
    public override string Agent => "github-copilot";

    /// <inheritdoc/>
    public override bool MetricsNameNoSession => true;

    /// <inheritdoc/>
    public override bool PromptsAreConversations => true;

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["gen_ai.input.messages"],
        Answer = ["gen_ai.output.messages"],
        ModelInput = ["gen_ai.input.messages"],
        ToolInput = ["gen_ai.tool.call.arguments", "github.copilot.tool.parameters.command", "github.copilot.tool.parameters.file_path"],
        ToolOutput = ["gen_ai.tool.call.result"],
        Error = ["error.message", "github.copilot.permission.result"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName == Agent;

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) => scope.Name == "github.copilot";

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) =>
        facts.Role = facts.Name == "permission" ? SpanRole.Wait : hints.OperationRole;

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName) => LogFactKind.Other;

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
        call.HasContent |= facts.Has(SpanTraits.HasContent);
        switch (facts.Role)
        {
            case SpanRole.Model:
                call.Success = facts.Status != 2;
                break;
            case SpanRole.Tool:
                call.Success = facts.Status != 2 && call.ExitCode <= 0;
                call.ErrorType = call.ErrorType.Length == 0 && call.ExitCode > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"exit code {call.ExitCode}")
                    : call.ErrorType;
                call.Changes = call.Success == true ? ShellChanges.Of(attributes.Text("github.copilot.tool.parameters.command"u8)) : default;
                break;
            case SpanRole.Wait:
                ReadDecision(attributes.Text("github.copilot.permission.result"u8), call);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public override bool KnowsMetric(ReadOnlySpan<byte> name) =>
        name.StartsWith("github.copilot.code.lines_"u8) || name.StartsWith("gen_ai.client.inference.usage."u8);

    /// <inheritdoc/>
    public override PointFactKind KindOfPoint(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type) =>
        name.SequenceEqual("github.copilot.code.lines_added"u8) ? PointFactKind.LinesAdded
        : name.SequenceEqual("github.copilot.code.lines_removed"u8) ? PointFactKind.LinesRemoved
        : name.SequenceEqual("gen_ai.client.inference.usage.input_tokens"u8) ? PointFactKind.InputTokens
        : name.SequenceEqual("gen_ai.client.inference.usage.output_tokens"u8) ? PointFactKind.OutputTokens
        : name.SequenceEqual("gen_ai.client.inference.usage.cache_read.input_tokens"u8) ? PointFactKind.CacheReadTokens
        : name.SequenceEqual("gen_ai.client.inference.usage.cache_write.input_tokens"u8) ? PointFactKind.CacheWriteTokens
        : name.SequenceEqual("gen_ai.client.inference.usage.reasoning.output_tokens"u8) ? PointFactKind.ReasoningTokens
        : PointFactKind.None;

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence)
    {
        const string Content = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true";
        if (evidence.Trees.Count == 0)
        {
            yield return new MissingPart("turns, model calls and tool calls", "no spans of this session arrived", "OTEL_TRACES_EXPORTER=otlp");
            yield break;
        }

        var tools = shape.Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == StepKind.Tool).Select(step => step.Name).ToList();
        if (evidence.Points.Count == 0)
        {
            yield return new MissingPart("lines", "no metrics of this session's process arrived, or it served other sessions too", "OTEL_METRICS_EXPORTER=otlp");
        }

        if (!shape.HasContent)
        {
            yield return new MissingPart("prompts and answers", "the texts are not captured", Content);
            if (tools.Contains("bash"))
            {
                yield return new MissingPart("commits and pull requests", "Copilot counts none, and the commands of its shell are not captured", Content);
            }
        }

        if (tools.Exists(IsHashed))
        {
            yield return new MissingPart("names of MCP tools", "the names are hashed unless texts are captured", Content);
        }
    }

    private static void ReadDecision(ReadOnlySpan<byte> result, CallFacts call)
    {
        if (result.StartsWith("denied"u8))
        {
            call.Decision = "denied";
            call.DecidedBy = result.IndexOf("by-user"u8) >= 0 ? "user_reject" : "policy";
        }
        else if (result.StartsWith("approved"u8))
        {
            call.Decision = "approved";
        }
    }

    private static bool IsHashed(string tool)
    {
        var run = 0;
        foreach (var letter in tool)
        {
            run = char.IsAsciiHexDigit(letter) ? run + 1 : 0;
            if (run >= HashLength)
            {
                return true;
            }
        }

        return false;
    }
}
