using System.Text.Json;
using Gander.Hosting;
using Gander.Ingest;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Status;

/// <summary>Writes the parts of the API's <c>Status</c> schema.</summary>
internal static class StatusJson
{
    // The latest are what a person looks for; the server remembers more.
    private const int MaxShown = 100;

    /// <summary>The program itself.</summary>
    public static void WriteServer(Utf8JsonWriter json, RunningServer server, long nowNanos)
    {
        var startedNanos = Nanos(server.StartedAt);
        json.WriteStartObject("server");
        json.WriteString("version", GanderVersion.Text);
        json.WriteTime("started", startedNanos);
        json.WriteNumber("uptimeSeconds", Math.Max(0, nowNanos - startedNanos) / 1_000_000_000m);
        json.WriteBoolean("readOnly", server.ReadOnly);
        json.WriteBoolean("tokenNeeded", server.TokenNeeded);
        json.WriteString("dataPath", server.DataPath);
        json.WriteStartObject("addresses");
        json.WriteString("otlpGrpc", Url(server.Addresses.OtlpGrpc));
        json.WriteString("otlpHttp", Url(server.Addresses.OtlpHttp));
        json.WriteString("pages", Url(server.Addresses.Pages));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What is stored.</summary>
    public static void WriteStore(Utf8JsonWriter json, StoreStatus stored)
    {
        json.WriteStartObject("store");
        json.WriteNumber("bytes", stored.Signals.Sum(signal => signal.Bytes));
        json.WriteStartArray("signals");
        foreach (var signal in stored.Signals)
        {
            json.WriteStartObject();
            json.WriteString("signal", Word(signal.Signal));
            json.WriteNumber("records", signal.Records);
            json.WriteNumber("bytes", signal.Bytes);
            json.WriteNumber("files", signal.Files);
            json.WriteTime("oldest", signal.OldestNanos);
            json.WriteTime("newest", signal.NewestNanos);
            json.WriteBoolean("acceptsWrites", signal.AcceptsWrites);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTexts("problems", stored.Problems);
        json.WriteEndObject();
    }

    /// <summary>What waits to be written, and what came in since the start.</summary>
    public static void WriteIngest(Utf8JsonWriter json, TelemetryIngest ingest, HeldBytes held)
    {
        json.WriteStartObject("ingest");
        json.WriteStartObject("queuedExports");
        json.WriteNumber("traces", ingest.Spans.Count);
        json.WriteNumber("metrics", ingest.Metrics.Count);
        json.WriteNumber("logs", ingest.Logs.Count);
        json.WriteEndObject();
        json.WriteNumber("heldBytes", held.Current);
        json.WriteNumber("exports", ingest.Meter.AcceptedExports);
        json.WriteNumber("records", ingest.Meter.AcceptedRecords);
        json.WriteNumber("rejectedRecords", ingest.Meter.RejectedRecords);
        json.WriteEndObject();
    }

    /// <summary>Who sent.</summary>
    public static void WriteEmitters(Utf8JsonWriter json, IReadOnlyList<EmitterStatus> emitters)
    {
        json.WriteStartArray("emitters");
        foreach (var emitter in emitters.Take(MaxShown))
        {
            WriteEmitter(json, emitter);
        }

        json.WriteEndArray();
    }

    /// <summary>Whose requests failed.</summary>
    public static void WriteFailures(Utf8JsonWriter json, IReadOnlyList<ReceiveFailure> failures)
    {
        json.WriteStartArray("failures");
        foreach (var failure in failures.Take(MaxShown))
        {
            json.WriteStartObject();
            json.WriteString("remote", failure.Remote);
            json.WriteString("transport", failure.Transport);
            json.WriteString("error", failure.Error);
            json.WriteNumber("count", failure.Count);
            json.WriteTime("lastSeen", Nanos(failure.LastSeen));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>One emitter, as the <c>Emitter</c> schema describes it.</summary>
    public static void WriteEmitter(Utf8JsonWriter json, EmitterStatus emitter)
    {
        json.WriteStartObject();
        json.WriteString("service", emitter.Service);
        json.WriteText("host", emitter.Host.Length == 0 ? null : emitter.Host);
        json.WriteText("user", emitter.User.Length == 0 ? null : emitter.User);
        json.WriteNumber("exports", emitter.Exports);
        json.WriteNumber("traceExports", emitter.TraceExports);
        json.WriteNumber("metricExports", emitter.MetricExports);
        json.WriteNumber("logExports", emitter.LogExports);
        json.WriteNumber("records", emitter.Records);
        json.WriteNumber("rejectedRecords", emitter.Rejected);
        json.WriteString("lastSignal", Word(emitter.LastSignal));
        json.WriteTime("lastSeen", Nanos(emitter.LastSeen));
        json.WriteText("lastRejection", emitter.LastRejection);
        json.WriteEndObject();
    }

    /// <summary>The name of a signal.</summary>
    public static string Word(Signal signal) => JsonNamingPolicy.CamelCase.ConvertName(signal.ToString());

    private static long Nanos(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static string Url(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
