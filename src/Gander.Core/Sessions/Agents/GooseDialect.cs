using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// goose, in its default loop (<c>reply_stream</c> with <c>dispatch_tool_call</c>), its state machine loop (<c>chat</c> with
/// <c>execute_tool</c>), as its documentation has it (<c>complete</c>), and before it spoke the GenAI conventions; and any
/// other emitter that keeps the same contract.
/// </summary>
internal sealed class GooseDialect : AgentDialect
{
    /// <inheritdoc/>
    public override string Agent => "goose";

    /// <inheritdoc/>
    public override bool Owns(Resource resource) =>
        resource.ServiceName == Agent || resource.Text("service.namespace") == Agent;

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) =>
        scope.Name == Agent
        || scope.Name.StartsWith("goose::", StringComparison.Ordinal)
        || scope.Name.StartsWith("goose_cli::", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints)
    {
        facts.Role = facts.Name switch
        {
            "reply" => SpanRole.Turn,
            "reply_stream" => SpanRole.Loop,
            "stream_response_from_provider" => SpanRole.FirstByte,
            "chat" when hints.Purpose is not null => SpanRole.Compaction,
            "chat" or "complete" => SpanRole.Model,
            "dispatch_tool_call" => SpanRole.Dispatch,
            "execute_tool" => SpanRole.Tool,
            "connection" => SpanRole.Carrier,
            _ => SpanRole.Other,
        };

        // goose itself is the Rust program whose spans end early; emitters that keep its contract end theirs with the call.
        if (facts.Emitter.SdkLanguage is not ("" or "rust"))
        {
            facts.Traits |= SpanTraits.WholeCall;
        }

        if (hints.HasArguments || hints.HasOutput || hints.Prompt.Length > 0)
        {
            facts.Traits |= SpanTraits.HasContent;
        }

        if (hints.HasArguments && !hints.HasOutput && !facts.Has(SpanTraits.OutputSaysOk))
        {
            facts.Traits |= SpanTraits.OutputSaysError;
        }
    }

    /// <inheritdoc/>
    public override LogFactKind KindOfText(ReadOnlySpan<byte> text, int severity, out ReadOnlySpan<byte> tool)
    {
        tool = default;
        if (severity < 17)
        {
            return text.SequenceEqual("Performing message compaction"u8) ? LogFactKind.Compaction : LogFactKind.Other;
        }

        if (!text.StartsWith("Tool call could not be parsed"u8))
        {
            return LogFactKind.Failure;
        }

        tool = Between(text, "Tool '"u8, (byte)'\'');
        return LogFactKind.ToolRejected;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ToolOf(SpanBatch batch, int row)
    {
        var events = batch.EventRanges[row];
        for (var i = events.Start; i < events.End; i++)
        {
            var name = batch.Text[batch.Events[i].Name];
            if (name.StartsWith("WAITING_TOOL_START: "u8))
            {
                return name["WAITING_TOOL_START: ".Length..];
            }
        }

        var attributes = batch.AttributeRanges[row];
        for (var i = attributes.Start; i < attributes.End; i++)
        {
            if (batch.Text[batch.Attributes.Keys[i]].SequenceEqual("input"u8))
            {
                return Between(batch.Text[batch.Attributes.Texts[i]], "\"tool\":\""u8, (byte)'"');
            }
        }

        return default;
    }

    /// <inheritdoc/>
    internal override Turn ReadTurn(TurnFacts facts) => new GooseTurn(facts).Read();

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape) => GooseMissing.Of(shape);

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, byte after)
    {
        var start = text.IndexOf(before);
        if (start < 0)
        {
            return default;
        }

        var rest = text[(start + before.Length)..];
        var end = rest.IndexOf(after);
        return end < 0 ? default : rest[..end];
    }
}
