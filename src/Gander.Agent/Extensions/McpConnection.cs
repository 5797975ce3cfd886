using System.Collections.Concurrent;
using Gander.Agent.Configuration;
using Gander.Agent.Tools.Processes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Gander.Agent.Extensions;

/// <summary>A running MCP server and the tools it named.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private const int MaxErrorLines = 5;

    // The agent's own keys are no business of other people's programs.
    private static readonly string[] OwnSecrets =
        ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENROUTER_API_KEY", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_LOGS_HEADERS"];

    private static readonly string? SetSid = Executables.Find("setsid");

    private readonly ConcurrentQueue<string> _errorLines;
    private volatile bool _isGivenUp;

    private readonly HttpClient? _http;

    private McpConnection(McpClient client, HttpClient? http, ConcurrentQueue<string> errorLines) => (Client, _http, _errorLines) = (client, http, errorLines);

    /// <summary>The session with the server.</summary>
    public McpClient Client { get; }

    /// <summary>Whether the server is gone.</summary>
    public bool IsClosed => _isGivenUp || Client.Completion.IsCompleted;

    /// <summary>What the server complained about last, for a person to see why it ended; empty where it said nothing.</summary>
    public string LastWords => string.Join(" / ", _errorLines);

    /// <summary>Starts the server, or connects to it, and agrees with it on a protocol version.</summary>
    /// <param name="settings">What to start or where it is.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="options">Limits.</param>
    /// <param name="toolsChanged">Told that the server has other tools than before.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<McpConnection> OpenAsync(ExtensionSettings settings, string workingDirectory, ExtensionOptions options, Func<ValueTask> toolsChanged, CancellationToken cancellationToken)
    {
        var errorLines = new ConcurrentQueue<string>();
        var http = settings.Kind == ExtensionKind.Stdio ? null : McpHttpHandler.Client(settings, options);
        var transport = http is null ? (IClientTransport)Process(settings, workingDirectory, options, line => Keep(errorLines, line)) : Http(settings, options, http);
        var clientOptions = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "gander", Version = typeof(McpConnection).Assembly.GetName().Version?.ToString(3) ?? "0" },

            // The caller's own limit is to end the start, as its error names that limit.
            InitializationTimeout = TimeSpan.FromSeconds(options.ExtensionStartSeconds + 5),
            Handlers = new McpClientHandlers { NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, _) => toolsChanged())] },
        };
        try
        {
            return new McpConnection(await McpClient.CreateAsync(transport, clientOptions, cancellationToken: cancellationToken).ConfigureAwait(false), http, errorLines);
        }
        catch (Exception e) when (e is not OperationCanceledException && http is null)
        {
            throw new IOException(await ReasonAsync(e, errorLines).ConfigureAwait(false), e);
        }
        catch
        {
            http?.Dispose();
            throw;
        }
    }

    /// <summary>Counts the server as gone: a call fails a moment before the client is told that it ended.</summary>
    public void GiveUp() => _isGivenUp = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        _http?.Dispose();
    }

    // In a session of its own, so that Ctrl-C on the terminal interrupts the turn and not the server.
    private static StdioClientTransport Process(ExtensionSettings settings, string workingDirectory, ExtensionOptions options, Action<string> errorLine)
    {
        // setsid would only say that it could not do it.
        if (!settings.Environment.ContainsKey("PATH") && !settings.Command!.Contains('/', StringComparison.Ordinal) && Executables.Find(settings.Command) is null)
        {
            throw new FileNotFoundException($"There is no program {settings.Command} on the path.");
        }

        var variables = OwnSecrets.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in settings.Environment)
        {
            variables[name] = value;
        }

        return new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = settings.Name,
            Command = SetSid ?? settings.Command!,
            Arguments = SetSid is null ? [.. settings.Arguments] : [settings.Command!, .. settings.Arguments],
            WorkingDirectory = workingDirectory,
            EnvironmentVariables = variables,
            ShutdownTimeout = TimeSpan.FromSeconds(options.ExtensionStopSeconds),
            StandardErrorLines = errorLine,
        });
    }

    private static HttpClientTransport Http(ExtensionSettings settings, ExtensionOptions options, HttpClient http) => new(
        new HttpClientTransportOptions
        {
            Name = settings.Name,
            Endpoint = settings.Address!,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = settings.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase),
            ConnectionTimeout = TimeSpan.FromSeconds(options.ExtensionStartSeconds),
        },
        http);

    // What a program complained about before it ended may come a moment after its end.
    private static async Task<string> ReasonAsync(Exception error, ConcurrentQueue<string> errorLines)
    {
        for (var i = 0; i < 20 && errorLines.IsEmpty && error is not FileNotFoundException; i++)
        {
            await Task.Delay(20).ConfigureAwait(false);
        }

        return errorLines.Any(line => !error.Message.Contains(line, StringComparison.Ordinal)) ? $"{error.Message} It said: {string.Join(" / ", errorLines)}" : error.Message;
    }

    private static void Keep(ConcurrentQueue<string> lines, string line)
    {
        lines.Enqueue(line.Length > 500 ? line[..500] : line);
        while (lines.Count > MaxErrorLines)
        {
            lines.TryDequeue(out _);
        }
    }
}
