using Gander.Agent.Loop;
using Gander.Agent.Sessions;

namespace Gander.Commands.Coding;

/// <summary>One JSON object at the end, with <c>messages</c> and <c>metadata</c>.</summary>
internal sealed class JsonOutput(Terminal terminal) : RunOutput
{
    public override void Show(AgentEvent happened)
    {
    }

    public override void End(AgentHost host, TurnOutcome outcome) =>
        terminal.Output.WriteLine(RunJson.Write(isIndented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", host.Session.Id);
            writer.WriteStartArray("messages");
            foreach (var message in host.Session.Messages.Where(message => message.UserVisible))
            {
                MessageJson.Write(writer, message);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("metadata");
            RunJson.WriteSums(writer, host.Session.Totals, outcome);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }));
}
