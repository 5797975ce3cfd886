using System.Text.Json;
using Gander.Sessions;

namespace Gander.Api.Sessions;

/// <summary>Writes sessions as the API's <c>Session</c> schema describes them.</summary>
internal static class SessionJson
{
    /// <summary>A session as lists show it.</summary>
    public static void Write(Utf8JsonWriter json, SessionSummary session)
    {
        json.WriteStartObject();
        WriteMembers(json, session);
        json.WriteEndObject();
    }

    /// <summary>A session with its turns.</summary>
    public static async ValueTask WriteAsync(JsonAnswer answer, Session session)
    {
        var json = answer.Writer;
        json.WriteStartObject();
        WriteMembers(json, session.Summary);
        json.WriteStartArray("turns");
        foreach (var turn in session.Turns)
        {
            await WriteAsync(answer, turn);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, SessionSummary session)
    {
        json.WriteString("key", session.Key);
        json.WriteString("id", session.Id);
        json.WriteString("agent", session.Agent);
        json.WriteText("agentVersion", session.AgentVersion);
        json.WriteText("user", session.User);
        WriteAccount(json, session.Account);
        json.WriteText("team", session.Team);
        json.WriteText("host", session.Host);
        json.WriteText("repository", session.Repository);
        json.WriteText("project", session.Project);
        json.WriteTime("start", session.StartNanos);
        json.WriteTime("end", session.EndNanos);
        json.WriteMillis("durationMs", session.EndNanos - session.StartNanos);
        json.WriteString("status", Word(session.Status));
        json.WriteText("exit", session.Exit);
        json.WriteText("title", session.Title);
        json.WriteTexts("models", session.Models);
        json.WriteTexts("providers", session.Providers);
        WriteModelUses(json, session.ModelUses);
        json.WriteNumber("turnCount", session.TurnCount);
        json.WriteNumber("modelCalls", session.ModelCalls);
        json.WriteNumber("modelErrors", session.ModelErrors);
        json.WriteNumber("toolCalls", session.ToolCalls);
        json.WriteNumber("toolFailures", session.ToolFailures);
        json.WriteNumber("toolDenials", session.ToolDenials);
        json.WriteBoolean("toolFailuresKnown", session.ToolFailuresKnown);
        WriteTools(json, session.Tools);
        json.WriteTokens("tokens", session.Tokens);
        json.WriteString("tokensProvenance", session.TokensProvenance);
        WriteCost(json, session);
        WriteChanges(json, session.Changes);
        json.WriteMillis("waitMs", session.WaitNanos);
        json.WriteMillis("activeUserMs", session.ActiveUserNanos);
        json.WriteMillis("activeAgentMs", session.ActiveAgentNanos);
        WriteSources(json, session.Sources);
        WriteDifferences(json, session.Differences);
        WriteMissing(json, session.Missing);
        json.WriteText("parent", session.Parent);
        json.WriteTexts("children", session.Children);
    }

    private static void WriteTools(Utf8JsonWriter json, IReadOnlyList<ToolUse> tools)
    {
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteNumber("calls", tool.Calls);
            json.WriteNumber("failures", tool.Failures);
            json.WriteNumber("denials", tool.Denials);
            json.WriteText("mcpServer", tool.McpServer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAccount(Utf8JsonWriter json, SessionAccount? account)
    {
        if (account is null)
        {
            json.WriteNull("account");
            return;
        }

        json.WriteStartObject("account");
        json.WriteText("email", account.Email);
        json.WriteText("accountId", account.AccountId);
        json.WriteText("organization", account.Organization);
        json.WriteText("installation", account.Installation);
        json.WriteEndObject();
    }

    private static void WriteModelUses(Utf8JsonWriter json, IReadOnlyList<ModelUse> uses)
    {
        json.WriteStartArray("modelUses");
        foreach (var use in uses)
        {
            json.WriteStartObject();
            json.WriteString("name", use.Name);
            json.WriteText("provider", use.Provider);
            json.WriteNumber("calls", use.Calls);
            json.WriteNumber("errors", use.Errors);
            json.WriteTokens("tokens", use.Tokens);
            json.WriteFigure("reportedUsd", use.ReportedCostUsd);
            json.WriteFigure("pricedUsd", use.PricedCostUsd);
            json.WriteFigure("usd", use.CostUsd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCost(Utf8JsonWriter json, SessionSummary session)
    {
        json.WriteStartObject("cost");
        json.WriteFigure("usd", session.CostUsd);
        json.WriteString("provenance", session.CostProvenance);
        json.WriteFigure("reportedUsd", session.ReportedCostUsd);
        json.WriteFigure("pricedUsd", session.PricedCostUsd);
        json.WriteNumber("unpricedTokens", session.UnpricedTokens);
        json.WriteText("priceTable", session.PriceTable);
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, CodeChanges changes)
    {
        json.WriteStartObject("changes");
        json.WriteFigure("linesAdded", changes.LinesAdded);
        json.WriteFigure("linesRemoved", changes.LinesRemoved);
        json.WriteFigure("commits", changes.Commits);
        json.WriteFigure("pullRequests", changes.PullRequests);
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, FigureSources sources)
    {
        json.WriteStartObject("provenance");
        json.WriteString("tokens", Word(sources.Tokens));
        json.WriteString("cost", Word(sources.Cost));
        json.WriteString("duration", Word(sources.Duration));
        json.WriteString("outcome", Word(sources.Outcome));
        json.WriteEndObject();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<SourceDifference> differences)
    {
        json.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("figure", difference.Figure);
            json.WriteString("kept", Word(difference.Kept));
            json.WriteNumber("keptValue", difference.KeptValue);
            json.WriteString("other", Word(difference.Other));
            json.WriteNumber("otherValue", difference.OtherValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMissing(Utf8JsonWriter json, IReadOnlyList<MissingPart> missing)
    {
        json.WriteStartArray("missing");
        foreach (var part in missing)
        {
            json.WriteStartObject();
            json.WriteString("what", part.What);
            json.WriteString("why", part.Why);
            json.WriteText("fix", part.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async ValueTask WriteAsync(JsonAnswer answer, Turn turn)
    {
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteNumber("index", turn.Index);
        json.WriteTime("start", turn.StartNanos);
        json.WriteMillis("durationMs", turn.EndNanos - turn.StartNanos);
        json.WriteString("status", Word(turn.Status));
        json.WriteId("traceId", turn.TraceId);
        json.WriteText("prompt", turn.Prompt);
        json.WriteText("answer", turn.Answer);
        json.WriteText("error", turn.Error);
        json.WriteTokens("tokens", turn.Tokens);
        json.WriteFigure("reportedUsd", turn.ReportedCostUsd);
        json.WriteMillis("waitMs", turn.WaitNanos);
        WriteSources(json, turn.Sources);
        json.WriteStartArray("steps");
        foreach (var step in turn.Steps)
        {
            WriteStep(json, step);
            await answer.SendGatheredAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        json.WriteString("kind", Word(step.Kind));
        json.WriteString("name", step.Name);
        json.WriteTime("start", step.StartNanos);
        json.WriteMillis("durationMs", step.DurationNanos);
        json.WriteString("durationProvenance", Word(step.DurationProvenance));
        json.WriteMillis("firstByteMs", step.FirstByteNanos);
        json.WriteString("status", Word(step.Status));
        json.WriteText("error", step.Error);
        json.WriteTokens("tokens", step.Tokens);
        json.WriteFigure("reportedUsd", step.ReportedCostUsd);
        json.WriteFigure("pricedUsd", step.PricedCostUsd);
        json.WriteFigure("attempts", step.Attempts);
        json.WriteText("callId", step.CallId);
        json.WriteText("agent", step.Agent);
        json.WriteText("mcpServer", step.McpServer);
        json.WriteMillis("waitMs", step.WaitNanos);
        json.WriteText("decidedBy", step.DecidedBy);
        WriteChanges(json, step.Changes);
        WriteSources(json, step.Sources);
        json.WriteText("input", step.Input);
        json.WriteText("output", step.Output);
        json.WriteText("sessionKey", step.SessionKey);
        json.WriteId("traceId", step.TraceId);
        json.WriteId("spanId", step.SpanId);
        json.WriteEndObject();
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
