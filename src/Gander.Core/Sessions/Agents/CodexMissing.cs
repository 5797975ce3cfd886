using Gander.Sessions.Calls;

namespace Gander.Sessions.Agents;

/// <summary>What a session of Codex cannot show.</summary>
internal static class CodexMissing
{
    private const string LogExporter = "[otel] exporter in ~/.codex/config.toml";

    /// <summary>All that is missing, the most important first.</summary>
    public static IEnumerable<MissingPart> Of(SessionShape shape, SessionEvidence evidence)
    {
        var steps = shape.Turns.SelectMany(turn => turn.Steps).ToList();
        if (evidence.Notes.Count == 0)
        {
            yield return new MissingPart(
                "prompts, tool outcome, denials, lines and failed model calls", "no log records of this session arrived", LogExporter);
        }
        else if (!shape.HasContent)
        {
            yield return new MissingPart("prompts", "the texts are redacted", "[otel] log_user_prompt = true in ~/.codex/config.toml");
        }

        if (evidence.IsSilent && shape.Turns.Any(turn => !turn.Steps.Any(step => step.Kind == StepKind.Model)))
        {
            yield return new MissingPart(
                "model calls and tool calls of a turn",
                "no model call of it arrived: Codex keeps no record of a request that was refused (HTTP 400), and a run that fails ends without sending what waits",
                "OTEL_BLRP_SCHEDULE_DELAY=50 OTEL_BSP_SCHEDULE_DELAY=50");
        }
        else if (steps.FindLast(step => step.Kind == StepKind.Model) is { Status: StepStatus.Error })
        {
            yield return new MissingPart(
                "attempts of the last model call", "a run that fails ends without sending what waits", "OTEL_BLRP_SCHEDULE_DELAY=50");
        }

        if (steps.Exists(step => step is { Kind: StepKind.Model, Status: StepStatus.Unknown }))
        {
            yield return new MissingPart("tokens of a model call", "its answer began, and the record of its end did not arrive", null);
        }

        yield return new MissingPart("answers", "Codex does not send the texts of answers", null);
    }
}
