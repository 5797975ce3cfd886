using System.Diagnostics;
using System.Globalization;
using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>What the answer to a probe means for a person.</summary>
internal static class ArrivalChecks
{
    // HTTP's date has whole seconds, and a slow answer shifts it.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong on this route; nothing when the probe was taken.</summary>
    /// <param name="title">Whose route it is.</param>
    /// <param name="trustVariable">What names the certificates the agent trusts.</param>
    /// <param name="route">The route.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="endpoint">Where Gander takes telemetry; null when none was found.</param>
    public static Finding? Of(string title, string trustVariable, ExportRoute route, ProbeAnswer answer, string? endpoint)
    {
        var place = $"{Word(route.Signal)} to {Masked.Address(route.Address)}";
        var otherServer = endpoint is null ? "gander serve" : $"export {OtelVariables.Endpoint}={endpoint}";
        return answer.Outcome switch
        {
            ProbeOutcome.Accepted => null,
            ProbeOutcome.Unreachable => Finding.Problem("arrival.unreachable", $"{place}: nothing listens there", $"{title} loses its telemetry without a word.", otherServer),
            ProbeOutcome.UnknownHost => Finding.Problem("arrival.unknown-host", $"{place}: no host has this name", $"{title} loses its telemetry without a word.", otherServer),
            ProbeOutcome.TimedOut => Finding.Problem("arrival.timeout", $"{place}: {answer.Message}", $"{title} waits for each export at its end, and loses it.", otherServer),
            ProbeOutcome.OtherProtocol => Finding.Problem("arrival.protocol", $"{place}: what answers does not speak {Name(route.Wire)}", "The port belongs to another service, or to the other transport of OTLP: usually 4317 is gRPC and 4318 HTTP.", otherServer),
            ProbeOutcome.NotTrusted => Finding.Problem(
                "arrival.tls",
                $"{place}: the certificate is not trusted, or the server has none",
                $"{title} fails without a word. ({ShownMessage(answer)})",
                route.Address.IsLoopback ? $"export {OtelVariables.Endpoint}={endpoint ?? "http://127.0.0.1:4318"}" : $"export {trustVariable}=/path/to/ca.pem"),
            ProbeOutcome.Refused => Refused(title, place, route, answer),
            _ => throw new UnreachableException($"no finding for {answer.Outcome}"),
        };
    }

    /// <summary>Whether the two clocks agree; null when the server does not tell its own.</summary>
    public static Finding? Clock(ProbeAnswer answer)
    {
        if (answer.ServerTime is not { } server || (server - answer.SentAt).Duration() <= MaxSkew)
        {
            return null;
        }

        var skew = answer.SentAt - server;
        return Finding.Warning(
            "clock",
            string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server's"),
            "Telemetry has the time of this machine: sessions stand in the wrong place, and queries of the last minutes miss them.",
            "timedatectl set-ntp true");
    }

    private static Finding Refused(string title, string place, ExportRoute route, ProbeAnswer answer)
    {
        var hasToken = route.Headers.Any(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase));
        var tokenLine = $"export {OtelVariables.Headers}=\"Authorization=Basic $(gander token create --name {title.Replace(' ', '-').ToLowerInvariant()})\"";
        return answer.Status switch
        {
            StatusCodes.Status401Unauthorized when hasToken => Finding.Problem("token.refused", $"{place}: the token is refused", $"It is unknown, revoked or expired; {title} loses its telemetry without a word.", tokenLine),
            StatusCodes.Status401Unauthorized => Finding.Problem("token.missing", $"{place}: the server needs a token and gets none", $"{title} loses its telemetry without a word.", tokenLine),
            StatusCodes.Status403Forbidden => Finding.Problem("token.scope", $"{place}: the token may not send telemetry", ShownMessage(answer), $"{tokenLine[..^2]} --scope ingest)\""),
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Finding.Problem("arrival.path", $"{place}: nothing takes telemetry at this path", $"Over HTTP it is /v1/{route.Signal.ToLowerInvariant()} on the port for OTLP.", $"export {OtelVariables.Endpoint}={Masked.Authority(route.Address)}"),
            StatusCodes.Status415UnsupportedMediaType => Finding.Problem("arrival.format", $"{place}: the server does not take {Name(route.Wire)}", ShownMessage(answer), $"export {OtelVariables.Protocol}=http/protobuf"),
            StatusCodes.Status421MisdirectedRequest => Finding.Problem("arrival.host", $"{place}: the server does not know that it has this name", ShownMessage(answer), $"allowedHosts: [{route.Address.Host}]   (in the server's gander.yaml)"),
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => Finding.Problem("arrival.busy", $"{place}: the server takes nothing at the moment", ShownMessage(answer), "curl -s http://127.0.0.1:4319/api/status   (says why: a full disk, or too much at once)"),
            _ => Finding.Problem("arrival.refused", $"{place}: refused with {answer.Status.ToString(CultureInfo.InvariantCulture)}", ShownMessage(answer), "see the server's log"),
        };
    }

    private static string ShownMessage(ProbeAnswer answer) => answer.Message.Length == 0 ? "The server did not say why." : Queries.ShownText.Of(answer.Message.Length <= 300 ? answer.Message : answer.Message[..300]);

    private static string Name(Wire wire) => wire switch
    {
        Wire.Grpc => "OTLP over gRPC",
        Wire.HttpJson => "OTLP in JSON over HTTP",
        _ => "OTLP in protobuf over HTTP",
    };

    private static string Word(string signal) => signal.ToLowerInvariant();
}
