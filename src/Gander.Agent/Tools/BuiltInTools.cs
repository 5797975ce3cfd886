using Microsoft.Extensions.AI;

namespace Gander.Agent.Tools;

/// <summary>
/// The agent's own tools: <c>shell</c>, <c>write</c>, <c>edit</c>, <c>read</c>, <c>tree</c>, <c>search</c>. They may be called at the same time. Disposing them ends
/// what shell commands left running in the background.
/// </summary>
public sealed class BuiltInTools : IAsyncDisposable
{
    private readonly SemaphoreSlim _changes = new(1);
    private readonly ShellTool _shell;

    /// <summary>Tools that work in a folder.</summary>
    public BuiltInTools(WorkFolder folder, ToolOptions options)
    {
        _shell = new ShellTool(folder, options);
        All =
        [
            _shell,
            new WriteTool(folder, options, _changes),
            new EditTool(folder, options, _changes),
            new ReadTool(folder, options),
            new TreeTool(folder, options),
            new SearchTool(folder, options),
        ];
    }

    /// <summary>The tools, always in the same order, so that providers can cache the prompt.</summary>
    public IReadOnlyList<AIFunction> All { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _shell.DisposeAsync().ConfigureAwait(false);
        _changes.Dispose();
    }
}
