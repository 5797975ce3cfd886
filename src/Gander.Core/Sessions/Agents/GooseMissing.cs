using System.Globalization;

namespace Gander.Sessions.Agents;

/// <summary>What a goose session cannot show.</summary>
internal static class GooseMissing
{
    // The setting without which texts and the outcomes of tools stay in goose.
    private const string ContentSetting = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true";
    private const string NotCaptured = "message content is not captured";

    /// <summary>Said of a session that nothing connects to one certain process.</summary>
    private static readonly MissingPart AmbiguousExit = new(
        "exit", "several goose processes of this user ran at the same time, and goose's records of start and end carry no session id", null);

    /// <summary>Whether a session was folded as ambiguous, so that reading it again can say the same.</summary>
    public static bool SaysAmbiguous(IReadOnlyList<MissingPart> missing) => missing.Contains(AmbiguousExit);

    /// <summary>All that is missing, the most important first.</summary>
    public static IEnumerable<MissingPart> Of(SessionShape shape)
    {
        if (shape.Turns.Count == 0)
        {
            if (NoSpans(shape) is { } noSpans)
            {
                yield return noSpans;
            }
        }
        else
        {
            var steps = shape.Turns.SelectMany(turn => turn.Steps).ToList();
            if (steps.Exists(step => step is { Kind: StepKind.Tool, Status: StepStatus.Unknown }))
            {
                yield return new MissingPart("tool outcome", NotCaptured, ContentSetting);
            }

            if (!shape.HasContent)
            {
                yield return new MissingPart("prompts and answers", NotCaptured, ContentSetting);
            }

            if (Tokens(shape, steps) is { } tokens)
            {
                yield return tokens;
            }
        }

        foreach (var part in Records(shape))
        {
            yield return part;
        }
    }

    private static IEnumerable<MissingPart> Records(SessionShape shape)
    {
        if (shape.HiddenCompactions > 0)
        {
            yield return new MissingPart("compaction tokens", "goose's default loop calls the model for compaction without a span, and exports those tokens nowhere", null);
        }

        if (shape.DroppedEvents > 0)
        {
            yield return new MissingPart(
                "span events", string.Create(CultureInfo.InvariantCulture, $"goose keeps 128 events a span and dropped {shape.DroppedEvents}"), null);
        }

        if (shape.HasSharedToolRecords)
        {
            yield return new MissingPart(
                "tool records", "several goose processes of this user ran at the same time, and their tool records carry no session id: they are left out here", null);
        }

        if (shape.Ambiguous)
        {
            yield return AmbiguousExit;
        }
        else if (!shape.IsSubagent && shape.Status != SessionStatus.Running && !(shape.Runs.Count > 0 && shape.Runs[^1].Ended))
        {
            yield return new MissingPart(
                "end", "no process said that the session ended: it was killed (a signal makes goose send nothing), its last logs were lost, or it does not say so (goose acp)", null);
        }
    }

    private static MissingPart? NoSpans(SessionShape shape)
    {
        const string What = "turns, model calls and tool calls";
        var tools = shape.LoggedTools.Count == 0
            ? ""
            : $"; its logs tell of {string.Join(", ", shape.LoggedTools.CountBy(tool => tool).Select(tool => string.Create(CultureInfo.InvariantCulture, $"{tool.Value} × {tool.Key}")))}";
        if (shape.Unsampled)
        {
            return new MissingPart(What, "the traces of this session are not sampled, so only logs and counters arrive" + tools, "OTEL_TRACES_SAMPLER=always_on");
        }

        if (shape.Runs.Count == 0 || !shape.Runs[^1].Ended)
        {
            return new MissingPart(What, "no spans arrived: goose sends them every 5 seconds, and nothing when it is killed" + tools, null);
        }

        return shape.Messages == 0
            ? null
            : new MissingPart(What, "the session ended and no spans arrived: their export is switched off, failed, or was refused" + tools, "OTEL_TRACES_EXPORTER=otlp");
    }

    private static MissingPart? Tokens(SessionShape shape, List<Step> steps)
    {
        if (shape.TokensProvenance == "derived")
        {
            return new MissingPart("tokens by call and kind", "this goose puts no tokens on its spans; the sum is its own counter of the session", null);
        }

        var calls = steps.Count(step => step.Kind == StepKind.Model && step.Status is StepStatus.Ok);
        var silent = steps.Count(step => step is { Kind: StepKind.Model, Status: StepStatus.Ok, Tokens: null });
        return silent == 0
            ? null
            : new MissingPart("tokens", string.Create(CultureInfo.InvariantCulture, $"the provider gave no token numbers for {silent} of {calls} answered model calls"), null);
    }
}
