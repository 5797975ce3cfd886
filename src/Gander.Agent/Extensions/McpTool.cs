using System.Text.Json;
using System.Text.RegularExpressions;
using Gander.Agent.Permissions;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Gander.Agent.Extensions;

/// <summary>A tool of an extension under the name <c>extension__tool</c>.</summary>
internal sealed partial class McpTool : AIFunction
{
    // What providers take as a name.
    private const int MaxNameLength = 64;

    private readonly McpExtension _extension;
    private readonly Tool _tool;

    public McpTool(McpExtension extension, Tool tool)
    {
        (_extension, _tool) = (extension, tool);
        var name = OtherThanNames().Replace($"{extension.Name}__{tool.Name}", "_");
        Name = name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description => _tool.Description ?? _tool.Title ?? "";

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _tool.InputSchema;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties =>
        _tool.Annotations?.ReadOnlyHint == true ? ToolNature.ReadOnlyProperties : base.AdditionalProperties;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await _extension.CallAsync(_tool.Name, arguments, cancellationToken).ConfigureAwait(false);

    [GeneratedRegex("[^A-Za-z0-9_-]", RegexOptions.CultureInvariant)]
    private static partial Regex OtherThanNames();
}
