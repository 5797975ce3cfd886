using System.Text.Json;
using Gander.Api.Status;
using Gander.Ingest;
using Gander.Telemetry;

namespace Gander.Api.Emitters;

/// <summary>Writes what arrives as the API's <c>Emitters</c> schema describes it.</summary>
internal static class EmittersJson
{
    private const int MaxEmitters = 500;

    /// <summary>The whole answer.</summary>
    public static void Write(Utf8JsonWriter json, TimeRange range, IReadOnlyList<AgentArrivals> agents, bool sessionsCut, DateTimeOffset sentSince)
    {
        json.WriteStartObject();
        json.WriteTime("start", range.StartNanos);
        json.WriteTime("end", range.EndNanos);
        json.WriteBoolean("sessionsCut", sessionsCut);
        json.WriteTime("sentSince", (sentSince - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        json.WriteNumber("lines", agents.Count);
        json.WriteStartArray("emitters");
        foreach (var agent in agents.Take(MaxEmitters))
        {
            WriteAgent(json, agent);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, AgentArrivals agent)
    {
        json.WriteStartObject();
        json.WriteString("agent", agent.Agent);
        json.WriteText("user", agent.User);
        json.WriteText("host", agent.Host);
        json.WriteText("version", agent.Version);
        json.WriteNumber("sessions", agent.Sessions);
        json.WriteTime("firstSession", agent.FirstNanos);
        json.WriteTime("lastSeen", agent.LastNanos);
        json.WriteStartArray("missing");
        foreach (var line in agent.Missing)
        {
            json.WriteStartObject();
            json.WriteString("what", line.What);
            json.WriteString("why", line.Why);
            json.WriteText("fix", line.Fix);
            json.WriteNumber("sessions", line.Sessions);
            json.WriteTime("since", line.SinceNanos);
            json.WriteTime("last", line.LastNanos);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSent(json, agent.Sent);
        json.WriteEndObject();
    }

    private static void WriteSent(Utf8JsonWriter json, EmitterStatus? sent)
    {
        if (sent is null)
        {
            json.WriteNull("sent");
            return;
        }

        json.WritePropertyName("sent");
        StatusJson.WriteEmitter(json, sent);
    }
}
