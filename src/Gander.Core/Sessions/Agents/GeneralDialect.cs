using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// Agents without a dialect of their own, as far as they keep the GenAI semantic conventions: sessions by
/// <c>session.id</c> or <c>gen_ai.conversation.id</c>, steps by <c>gen_ai.operation.name</c>, with the names of all versions of the
/// conventions; or by the names of OpenInference or OpenLLMetry.
/// </summary>
internal sealed class GeneralDialect : AgentDialect
{
    // The conventions' names now and before, then those of OpenInference and of OpenLLMetry.
    private static readonly string[] ModelInputs = ["gen_ai.input.messages", "gen_ai.prompt", "input.value", "traceloop.entity.input"];
    private static readonly string[] ModelOutputs = ["gen_ai.output.messages", "gen_ai.completion", "output.value", "traceloop.entity.output"];
    private static readonly string[] ToolInputs = ["gen_ai.tool.call.arguments", "input.value", "traceloop.entity.input"];
    private static readonly string[] ToolOutputs = ["gen_ai.tool.call.result", "output.value", "traceloop.entity.output"];

    /// <inheritdoc/>
    public override string? Agent => null;

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => true;

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) => true;

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints)
    {
        facts.Role = hints.OperationRole is not SpanRole.Other and var role ? role : hints.KindRole;
        if (facts.Role == SpanRole.Tool && facts.Tool.Length == 0)
        {
            facts.Tool = hints.Tool ?? hints.Entity ?? "";
        }
    }

    /// <inheritdoc/>
    public override LogFactKind KindOfText(ReadOnlySpan<byte> text, int severity, out ReadOnlySpan<byte> tool)
    {
        tool = default;
        return LogFactKind.Other;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ToolOf(SpanBatch batch, int row) => default;

    /// <inheritdoc/>
    internal override Turn ReadTurn(TurnFacts facts)
    {
        var (start, end) = (long.MaxValue, long.MinValue);
        var steps = new List<Step>();
        foreach (var index in facts.Spans)
        {
            var span = facts[index];
            (start, end) = (Math.Min(start, span.StartNanos), Math.Max(end, span.EndNanos));
            if (span.Role is SpanRole.Model or SpanRole.Tool && !IsInsideItsLike(facts, index))
            {
                steps.Add(StepOf(facts, span));
            }
        }

        var failed = (facts.Root >= 0 && facts[facts.Root].Status == 2)
            || steps.FindLast(step => step.Kind == StepKind.Model) is { Status: StepStatus.Error };
        return new Turn
        {
            Index = facts.Index,
            StartNanos = start,
            EndNanos = end,
            Status = failed ? SessionStatus.Error : facts.MayBeRunning ? SessionStatus.Running : SessionStatus.Ok,
            TraceId = facts.Tree.Trace.Id,
            Steps = steps,
        };
    }

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape)
    {
        if (shape.Turns.Count == 0)
        {
            yield return new MissingPart("turns", "no spans of this session arrived, only log records", "OTEL_TRACES_EXPORTER=otlp");
        }
        else if (!shape.Turns.Any(turn => turn.Steps.Count > 0))
        {
            yield return new MissingPart("steps", "the spans of this session do not say what they do in gen_ai.operation.name, openinference.span.kind or traceloop.span.kind", null);
        }
    }

    // Wrappers around a model client report the call a second time around the client's own span.
    private static bool IsInsideItsLike(TurnFacts facts, int index)
    {
        var role = facts[index].Role;
        var steps = 0;
        for (var up = facts.Tree.ParentOf(index); up >= 0 && steps++ < 64; up = facts.Tree.ParentOf(up))
        {
            if (facts[up].Role == role)
            {
                return true;
            }
        }

        return false;
    }

    private static Step StepOf(TurnFacts facts, SpanFacts span)
    {
        var isModel = span.Role == SpanRole.Model;
        var failed = span.Status == 2 || span.ErrorType.Length > 0;
        var status = !failed ? StepStatus.Ok
            : span.ErrorType.Contains("denied", StringComparison.OrdinalIgnoreCase) ? StepStatus.Denied
            : StepStatus.Error;
        return new Step
        {
            Kind = isModel ? StepKind.Model : StepKind.Tool,
            Name = isModel ? Named(span.Model) : Named(span.Tool),
            Provider = isModel && span.Provider.Length > 0 ? span.Provider : null,
            StartNanos = span.StartNanos,
            DurationNanos = span.EndNanos - span.StartNanos,
            DurationProvenance = DurationProvenance.Span,
            Status = status,
            Sources = FigureSources.OfSpans(isModel && span.Has(SpanTraits.HasUsage), status),
            Error = failed && span.ErrorType.Length > 0 ? span.ErrorType : null,
            Tokens = isModel && span.Has(SpanTraits.HasUsage) ? span.Tokens : null,
            Input = TextOf(isModel ? ModelInputs : ToolInputs),
            Output = TextOf(isModel ? ModelOutputs : ToolOutputs),
            TraceId = span.Trace,
            SpanId = span.Span,
        };

        string? TextOf(string[] keys) => facts.Texts is { } texts ? keys.Select(key => texts.Of(span, key)).FirstOrDefault(text => text is not null) : null;

        static string Named(string name) => name.Length > 0 ? name : "unknown";
    }
}
