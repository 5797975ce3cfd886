using System.Text;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>Puts attributes of calls, under any of their names, into <see cref="CallFacts"/>.</summary>
internal static class CallReader
{
    private const int MaxTitle = 200;

    /// <summary>Reads one attribute; those that say nothing of calls are passed over.</summary>
    public static void Read(AttributeName name, TelemetryBatch batch, int index, CallFacts call, TextPool texts)
    {
        switch (name)
        {
            case AttributeName.ToolCallId: call.CallId = Id(batch, index, texts); break;
            case AttributeName.RequestId: call.RequestId = Id(batch, index, texts); break;
            case AttributeName.ResponseId when call.RequestId.Length == 0: call.RequestId = Id(batch, index, texts); break;
            case AttributeName.PromptId: call.PromptId = Id(batch, index, texts); break;
            case AttributeName.PlainModel or AttributeName.RequestModel: call.Model = Text(batch, index, texts); break;
            case AttributeName.ResponseModel when call.Model.Length == 0: call.Model = Text(batch, index, texts); break;
            case AttributeName.Provider: call.Provider = Text(batch, index, texts); break;
            case AttributeName.OldProvider when call.Provider.Length == 0: call.Provider = Text(batch, index, texts); break;
            case AttributeName.LogToolName: call.Tool = Text(batch, index, texts); break;
            case AttributeName.ToolName when call.Tool.Length == 0: call.Tool = Text(batch, index, texts); break;
            case AttributeName.McpServer: call.McpServer = Text(batch, index, texts); break;
            case AttributeName.SubagentName: call.Agent = Text(batch, index, texts); break;
            case AttributeName.Decision: call.Decision = Text(batch, index, texts); break;
            case AttributeName.DecisionSource: call.DecidedBy = Text(batch, index, texts); break;
            case AttributeName.PlainErrorType or AttributeName.ErrorType: call.ErrorType = Text(batch, index, texts); break;
            case AttributeName.ErrorText when call.ErrorType.Length == 0: call.ErrorType = Text(batch, index, texts); break;
            case AttributeName.EventKind: call.EventKind = Text(batch, index, texts); break;
            case AttributeName.CommandName: call.Command = Text(batch, index, texts); break;
            case AttributeName.Prompt: ReadPrompt(batch.Text[batch.Attributes.Texts[index]], call); break;
            case AttributeName.CapturedText: call.HasContent |= IsCaptured(batch.Text[batch.Attributes.Texts[index]]); break;
            case AttributeName.CostUsd: call.CostUsd = Lenient.Amount(batch, index); break;
            case AttributeName.Success: call.Success = Lenient.Flag(batch, index); break;
            case AttributeName.UserEmail: call.Email = Text(batch, index, texts); break;
            case AttributeName.UserAccount when call.Account.Length == 0: call.Account = Text(batch, index, texts); break;
            case AttributeName.Organization: call.Organization = Text(batch, index, texts); break;
            case AttributeName.Installation: call.Installation = Text(batch, index, texts); break;
            default: ReadNumber(name, batch, index, call); break;
        }
    }

    private static void ReadNumber(AttributeName name, TelemetryBatch batch, int index, CallFacts call)
    {
        switch (name)
        {
            case AttributeName.InputTokens: call.Input = Lenient.Number(batch, index); break;
            case AttributeName.OutputTokens: call.Output = Lenient.Number(batch, index); break;
            case AttributeName.CacheReadTokens: call.CacheRead = Lenient.Number(batch, index); break;
            case AttributeName.CacheCreationTokens or AttributeName.CacheWriteTokens: call.CacheWrite = Lenient.Number(batch, index); break;
            case AttributeName.CacheWriteFiveMinutes: call.CacheWriteFiveMinutes = Lenient.Number(batch, index); break;
            case AttributeName.CacheWriteOneHour: call.CacheWriteOneHour = Lenient.Number(batch, index); break;
            case AttributeName.ReasoningTokens: call.Reasoning = Lenient.Number(batch, index); break;
            case AttributeName.DurationMs: call.DurationNanos = Lenient.Millis(batch, index); break;
            case AttributeName.FirstByteMs: call.FirstByteNanos = Lenient.Millis(batch, index); break;
            case AttributeName.FirstByteSeconds: call.FirstByteNanos = Lenient.Seconds(batch, index); break;
            case AttributeName.StatusCode: call.StatusCode = Lenient.Number(batch, index); break;
            case AttributeName.ExitCode: call.ExitCode = Lenient.Number(batch, index); break;
            case AttributeName.Attempt: call.Attempts = Lenient.Number(batch, index); break;
            default: break;
        }
    }

    // What an agent writes in place of a text that it was not told to send.
    private static bool IsCaptured(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.SequenceEqual("<REDACTED>"u8) && !text.SequenceEqual("[REDACTED]"u8);

    private static void ReadPrompt(ReadOnlySpan<byte> text, CallFacts call)
    {
        if (IsCaptured(text))
        {
            call.HasContent = true;
            call.Title = UserText.FirstLine(UserText.WithoutContext(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * 1024)])), MaxTitle);
        }
    }

    private static string Text(TelemetryBatch batch, int index, TextPool texts) => texts.Get(batch.Text[batch.Attributes.Texts[index]]);

    // Each call has one of its own: remembered, they would push the names out of the pool.
    private static string Id(TelemetryBatch batch, int index, TextPool texts) => texts.GetOnce(batch.Text[batch.Attributes.Texts[index]]);
}
