using Gander.Agent.Configuration;
using Gander.Agent.Tools;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Extensions;

/// <summary>All tools of an agent: its own and those of its extensions. Disposing it ends every process that came with it.</summary>
public sealed class AgentTools : IAsyncDisposable
{
    private readonly BuiltInTools _own;
    private readonly IReadOnlyList<AIFunction> _ownTools;
    private readonly WorkFolder _folder;
    private readonly ExtensionOptions _extensionOptions;
    private readonly List<ExtensionProblem> _problems = [];
    private volatile IReadOnlyList<McpExtension> _extensions;

    /// <summary>Tools that are not started yet: those of extensions come with <see cref="StartAsync"/>.</summary>
    /// <param name="settings">The extensions, each name once.</param>
    /// <param name="folder">Where the agent works.</param>
    /// <param name="toolOptions">Limits of its own tools.</param>
    /// <param name="extensionOptions">Limits of extensions.</param>
    public AgentTools(IReadOnlyList<ExtensionSettings> settings, WorkFolder folder, ToolOptions toolOptions, ExtensionOptions extensionOptions)
    {
        (_folder, _extensionOptions) = (folder, extensionOptions);
        _own = new BuiltInTools(folder, toolOptions);
        var developer = settings.FirstOrDefault(extension => extension is { Kind: ExtensionKind.Builtin, Name: ExtensionChoice.Developer });
        _ownTools = developer is null ? []
            : developer.AvailableTools.Count == 0 ? _own.All
            : [.. _own.All.Where(tool => developer.AvailableTools.Contains(tool.Name, StringComparer.Ordinal))];
        _extensions = [.. settings.Where(extension => extension.Kind != ExtensionKind.Builtin).Select(Make)];
    }

    /// <summary>Told, on any thread, when <see cref="All"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>The tools as they are now: the agent's own first, then by extension. Each name once.</summary>
    public IReadOnlyList<AITool> All => [.. _ownTools.Concat(_extensions.SelectMany(extension => extension.Tools)).DistinctBy(tool => tool.Name, StringComparer.Ordinal)];

    /// <summary>Extensions that did not start.</summary>
    public IReadOnlyList<ExtensionProblem> Problems => _problems;

    /// <summary>Starts all extensions at the same time. One that does not start is a problem told, and the others work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = await Task.WhenAll(_extensions.Select(extension => extension.StartAsync(cancellationToken))).ConfigureAwait(false);
        _problems.AddRange(problems.OfType<ExtensionProblem>());
    }

    /// <summary>Starts one more extension, written as on a command line: an address, or <c>[name:]ENV=value command arguments</c>. Called by one thread at a time.</summary>
    /// <returns>Why it is not there; null when it is.</returns>
    /// <exception cref="AgentConfigurationException">It cannot be read.</exception>
    public async Task<ExtensionProblem?> AddAsync(string text, CancellationToken cancellationToken)
    {
        var settings = text.StartsWith("http", StringComparison.Ordinal) && text.Contains("://", StringComparison.Ordinal) ? ExtensionArguments.Address(text) : ExtensionArguments.Command(text);
        if (_extensions.Any(other => other.Name == settings.Name))
        {
            return new ExtensionProblem(settings.Name, "There is one of that name already; give it another, as in other:command.");
        }

        var extension = Make(settings);
        if (await extension.StartAsync(cancellationToken).ConfigureAwait(false) is { } problem)
        {
            await extension.DisposeAsync().ConfigureAwait(false);
            return problem;
        }

        _extensions = [.. _extensions, extension];
        Changed?.Invoke();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_extensions.Select(extension => extension.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _own.DisposeAsync().ConfigureAwait(false);
    }

    private McpExtension Make(ExtensionSettings settings)
    {
        var extension = new McpExtension(settings, _folder.FullPath, _extensionOptions);
        extension.Changed += () => Changed?.Invoke();
        return extension;
    }
}
