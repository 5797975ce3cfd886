using System.CommandLine;

namespace Gander.Load.Commands;

/// <summary>The options that say where to send and what to watch.</summary>
internal sealed class TargetOptions
{
    public Option<string?> Endpoint { get; } = new("--endpoint") { Description = "Where to send [default: http://127.0.0.1:4318, for gRPC http://127.0.0.1:4317]" };

    public Option<int> Connections { get; } = new("--connections") { Description = "Connections, each with one request at a time", DefaultValueFactory = _ => 8 };

    public Option<string?> Token { get; } = new("--token") { Description = "Sent as Authorization: Bearer" };

    public Option<int?> ServerProcess { get; } = new("--server-pid") { Description = "The server's process id, for its CPU time and memory" };

    public Option<string?> Data { get; } = new("--data") { Description = "The server's data folder, for bytes on disk" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the report as JSON" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Endpoint, Connections, Token, ServerProcess, Data, Json })
        {
            command.Add(option);
        }
    }

    public Uri EndpointOf(ParseResult arguments, bool grpc)
    {
        var endpoint = new Uri(arguments.GetValue(Endpoint) ?? (grpc ? "http://127.0.0.1:4317" : "http://127.0.0.1:4318"));

        // A base path is kept only when it ends in a slash (RFC 3986 section 5.2.3).
        return endpoint.AbsolutePath.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/");
    }
}
