using System.Text;
using Gander.Agent.Loop;
using Gander.Agent.Permissions;
using Gander.Agent.Tools.Files;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>tree</c>.</summary>
internal sealed class TreeTool(WorkFolder folder, ToolOptions options) : BuiltInTool(
    ToolName,
    "Lists a folder and what is below it, without what .gitignore and .ignore leave out. Folders end with a slash.",
    """
    {
      "type": "object",
      "properties": {
        "path": { "type": "string", "description": "The folder; the working directory when absent" },
        "depth": { "type": "integer", "minimum": 1, "description": "How many levels; 3 when absent" }
      },
      "additionalProperties": false
    }
    """)
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "tree";

    private const int UsualDepth = 3;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => ToolNature.ReadOnlyProperties;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var path = folder.Resolve(arguments.OptionalText("path") is null ? "." : arguments.Path("path"));
        if (!Directory.Exists(path))
        {
            throw new ToolRefusedException(File.Exists(path) ? $"{path} is a file; read shows it." : $"{path} does not exist.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.MaxSearchSeconds));
        var walk = new FileWalk(path, options.MaxFiles, deadline.Token);
        var text = new StringBuilder();
        var bytes = 0;
        var isFull = false;
        foreach (var entry in walk.Entries(arguments.Number("depth", 1, int.MaxValue) ?? UsualDepth))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = $"{new string(' ', Math.Min(2 * (entry.Depth - 1), 200))}{entry.Name}{(entry.IsFolder ? "/" : "")}\n";
            bytes += Encoding.UTF8.GetByteCount(line);
            isFull = bytes > options.MaxResultBytes;
            if (isFull)
            {
                break;
            }

            text.Append(line);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (text.Length == 0)
        {
            return ValueTask.FromResult(new ToolResult("(nothing to list)"));
        }

        var reason = isFull ? "the answer is full" : walk.CutReason;
        return ValueTask.FromResult(new ToolResult(
            reason is null ? text.ToString(0, text.Length - 1) : text.Append($"[... cut here: {reason}. Name a folder below, or a smaller depth]").ToString()));
    }
}
