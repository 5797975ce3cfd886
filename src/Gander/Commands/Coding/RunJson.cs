using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Agent.Loop;

namespace Gander.Commands.Coding;

/// <summary>What both outputs in JSON have in common.</summary>
internal static class RunJson
{
    // Quotes and letters of any language stay as they are; the reader is a JSON parser and not a web page.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string Write(bool isIndented, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = isIndented, Encoder = Encoder }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The sums of a run and how it ended, into an object that is open.</summary>
    public static void WriteSums(Utf8JsonWriter writer, SessionTotals totals, TurnOutcome outcome)
    {
        writer.WriteNumber("total_tokens", totals.Usage.TotalTokens);
        writer.WriteNumber("input_tokens", totals.Usage.InputTokens);
        writer.WriteNumber("output_tokens", totals.Usage.OutputTokens);
        writer.WriteNumber("cache_read_input_tokens", totals.Usage.CacheReadTokens);
        writer.WriteNumber("cache_write_input_tokens", totals.Usage.CacheWriteTokens);
        if (totals.CostUsd is { } cost)
        {
            writer.WriteNumber("cost_usd", cost);
        }

        writer.WriteString("status", Status(outcome.Status));
        if (outcome.Status is not TurnStatus.Completed && outcome.Message is { } message)
        {
            writer.WriteString("error", message);
            if (outcome.Error is { } error)
            {
                writer.WriteString("error_type", error.ErrorType);
            }
        }
    }

    private static string Status(TurnStatus status) => status switch
    {
        TurnStatus.Completed => "completed",
        TurnStatus.StepLimit => "step_limit",
        TurnStatus.Interrupted => "interrupted",
        TurnStatus.ApprovalRequired => "approval_required",
        TurnStatus.Failed => "failed",
        _ => throw new System.Diagnostics.UnreachableException($"no name for {status}"),
    };
}
