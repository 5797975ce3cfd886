using System.Text.Json;
using Gander.Agent.Loop;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Tools;

/// <summary>
/// A tool of the agent itself: a name, a description and a JSON schema that go to the model word for word. It answers a
/// <see cref="ToolResult"/> and throws only when it is cancelled.
/// </summary>
internal abstract class BuiltInTool(string name, string description, string schema) : AIFunction
{
    private readonly JsonElement _schema = JsonElement.Parse(schema);

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _schema;

    /// <summary>Does the work; may refuse with a <see cref="ToolRefusedException"/>.</summary>
    protected abstract ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Files are read without awaiting; the caller shall not wait for that, as it may have other calls to start.
        await Task.Yield();
        try
        {
            return await RunAsync(new ToolArguments(arguments), cancellationToken).ConfigureAwait(false);
        }
        catch (ToolRefusedException e)
        {
            return new ToolResult(e.Message, isError: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return new ToolResult(e.Message, isError: true);
        }
    }
}
