using Gander.Agent.Loop;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Commands.Coding;

/// <summary>A line of JSON for each piece of the answer and each tool call and result, and one with the sums at the end.</summary>
internal sealed class JsonLinesOutput(Terminal terminal, AgentSession session) : RunOutput
{
    public override void Show(AgentEvent happened)
    {
        switch (happened)
        {
            case AgentEvent.TextDelta { MessageId: var id, Text: var text }:
                Print(Piece(id, new TextContent(text)));
                break;
            case AgentEvent.ReasoningDelta { MessageId: var id, Text: var text }:
                Print(Piece(id, new TextReasoningContent(text)));
                break;
            case AgentEvent.MessageAdded { Message: var message } when message.Content.Role == ChatRole.Assistant && message.Provider is not null:
                // Its text came in pieces before.
                var calls = message.Content.Contents.Where(part => part is FunctionCallContent).ToList();
                if (calls.Count > 0)
                {
                    Print(message with { Content = new ChatMessage(ChatRole.Assistant, calls) });
                }

                break;
            case AgentEvent.MessageAdded { Message: var message } when message.Content.Role == ChatRole.Tool || message.Content.Role == ChatRole.Assistant:
                Print(message);
                break;
            case AgentEvent.Retrying { Attempt: var attempt, MaxAttempts: var most, Delay: var delay, Error: var error }:
                Print(writer =>
                {
                    writer.WriteString("type", "notification");
                    writer.WriteString("message", error.Message);
                    writer.WriteString("error_type", error.ErrorType);
                    writer.WriteNumber("attempt", attempt);
                    writer.WriteNumber("max_attempts", most);
                    writer.WriteNumber("delay_ms", (long)delay.TotalMilliseconds);
                });
                break;
        }
    }

    public override void End(AgentHost host, TurnOutcome outcome)
    {
        if (outcome.Status is TurnStatus.Failed or TurnStatus.ApprovalRequired or TurnStatus.Interrupted)
        {
            Print(writer =>
            {
                writer.WriteString("type", "error");
                writer.WriteString("error", outcome.Message);
            });
        }

        Print(writer =>
        {
            writer.WriteString("type", "complete");
            writer.WriteString("session_id", session.Id);
            RunJson.WriteSums(writer, host.Session.Totals, outcome);
        });
    }

    private SessionMessage Piece(string id, AIContent content) =>
        new(id, terminal.Time.GetUtcNow(), new ChatMessage(ChatRole.Assistant, [content])) { Provider = session.Model.Provider, Model = session.Model.Model };

    private void Print(SessionMessage message) => Print(writer =>
    {
        writer.WriteString("type", "message");
        writer.WritePropertyName("message");
        MessageJson.Write(writer, message);
    });

    private void Print(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        terminal.Output.WriteLine(RunJson.Write(isIndented: false, writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }));
        terminal.Output.Flush();
    }
}
