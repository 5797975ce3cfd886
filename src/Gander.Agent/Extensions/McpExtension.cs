using System.Diagnostics;
using System.Text.Json.Nodes;
using Gander.Agent.Configuration;
using Gander.Agent.Loop;
using Microsoft.Extensions.AI;
using ModelContextProtocol;

namespace Gander.Agent.Extensions;

/// <summary>
/// One MCP server as an extension. A server that has ended is started again with the next call; whatever it does, a call has a result. Disposing it ends
/// the server.
/// </summary>
/// <param name="settings">What to start or where it is.</param>
/// <param name="workingDirectory">Where it runs.</param>
/// <param name="options">Limits.</param>
internal sealed class McpExtension(ExtensionSettings settings, string workingDirectory, ExtensionOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly CancellationTokenSource _end = new();
    private McpConnection? _connection;
    private volatile IReadOnlyList<AIFunction> _tools = [];

    /// <summary>Told, on any thread, when the tools are others than before.</summary>
    public event Action? Changed;

    /// <summary>Its name.</summary>
    public string Name => settings.Name;

    /// <summary>The tools the model may use.</summary>
    public IReadOnlyList<AIFunction> Tools => _tools;

    /// <summary>Starts it and asks for its tools.</summary>
    /// <returns>Why that was not possible; null when it was.</returns>
    public async Task<ExtensionProblem?> StartAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.ExtensionStartSeconds));
        try
        {
            var connection = await ConnectAsync(deadline.Token).ConfigureAwait(false);
            await ListAsync(connection, deadline.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExtensionProblem(Name, $"It did not start within {options.ExtensionStartSeconds} s.{LastWords()}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ExtensionProblem(Name, $"It could not be started: {Sentence(e)}{LastWords()}");
        }
    }

    /// <summary>Calls a tool by the server's own name for it.</summary>
    public async ValueTask<ToolResult> CallAsync(string tool, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var limit = settings.Timeout ?? TimeSpan.FromSeconds(options.ExtensionCallSeconds);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        deadline.CancelAfter(limit);
        McpConnection? connection = null;
        try
        {
            connection = await ConnectAsync(deadline.Token).ConfigureAwait(false);
            var result = await connection.Client.CallToolAsync(
                tool,
                new Dictionary<string, object?>(arguments, StringComparer.Ordinal),
                progress: Ignored.Instance,
                new RequestOptions { Meta = Meta(ToolCallContext.Of(arguments)) },
                deadline.Token).ConfigureAwait(false);
            return McpResults.Of(result);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"The extension {Name} did not answer within {limit.TotalSeconds:0} s, so the call was given up.");
        }
        catch (McpProtocolException e) when (connection is { IsClosed: false })
        {
            return Failed($"The extension {Name} says: {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            connection?.GiveUp();
            return Failed($"The extension {Name} could not be called: {Sentence(e)}{LastWords()} It is started again with the next call.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _starting.WaitAsync().ConfigureAwait(false);
        if (_connection is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _starting.Dispose();
        _end.Dispose();
    }

    private static ToolResult Failed(string text) => new(text, isError: true) { ErrorType = "tool_execution_error" };

    private static string Sentence(Exception e) => e.InnerException is { } inner && e is not (McpProtocolException or IOException) ? $"{e.Message} ({inner.Message})" : e.Message;

    private static JsonObject Meta(ToolCallContext? context)
    {
        var meta = new JsonObject();
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            meta["traceparent"] = id;
            if (activity.TraceStateString is { Length: > 0 } state)
            {
                meta["tracestate"] = state;
            }
        }

        if (context is not null)
        {
            meta["agent-session-id"] = context.SessionId;
            meta["agent-working-dir"] = context.WorkingDirectory;
            meta["agent-tool-call-request-id"] = context.CallId;
        }

        return meta;
    }

    private string LastWords() => _connection is { LastWords: { Length: > 0 } words } ? $" It last said: {words}" : "";

    private async Task<McpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsClosed: false } open)
        {
            return open;
        }

        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is { IsClosed: false } already)
            {
                return already;
            }

            if (_connection is { } gone)
            {
                await gone.DisposeAsync().ConfigureAwait(false);
            }

            return _connection = await McpConnection.OpenAsync(settings, workingDirectory, options, ToolsChangedAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async ValueTask ToolsChangedAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.ExtensionStartSeconds));
        try
        {
            await ListAsync(connection, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is McpException or OperationCanceledException or IOException or HttpRequestException)
        {
            // The tools known so far stay; a server that is gone is noticed by the next call.
        }
    }

    private async Task ListAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        if (connection.Client.ServerCapabilities.Tools is null)
        {
            return;
        }

        var named = await connection.Client.ListToolsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        _tools = [.. named
            .Where(tool => settings.AvailableTools.Count == 0 || settings.AvailableTools.Contains(tool.ProtocolTool.Name, StringComparer.Ordinal))
            .OrderBy(tool => tool.ProtocolTool.Name, StringComparer.Ordinal)
            .Take(options.MaxExtensionTools)
            .Select(tool => new McpTool(this, tool.ProtocolTool))];
        Changed?.Invoke();
    }

    // Asking for progress keeps servers talking that would otherwise be taken for dead.
    private sealed class Ignored : IProgress<ProgressNotificationValue>
    {
        public static readonly Ignored Instance = new();

        public void Report(ProgressNotificationValue value)
        {
        }
    }
}
