using System.Globalization;
using Gander.Agent.Loop;
using Gander.Agent.Tools.Files;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>write</c>.</summary>
/// <param name="folder">Where relative paths begin.</param>
/// <param name="options">Limits.</param>
/// <param name="turns">Lets one change of a file happen at a time.</param>
internal sealed class WriteTool(WorkFolder folder, ToolOptions options, SemaphoreSlim turns) : BuiltInTool(
    ToolName,
    "Creates a file with the given content, or replaces all of one that exists. Folders on the way are made. To change a part of a file use edit.",
    """
    {
      "type": "object",
      "properties": {
        "path": { "type": "string", "description": "The file, absolute or from the working directory" },
        "content": { "type": "string", "description": "All of its text" }
      },
      "required": ["path", "content"],
      "additionalProperties": false
    }
    """)
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "write";

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var path = folder.Resolve(arguments.Path("path"));
        var content = arguments.Text("content");
        var bytes = new TextFile(content, HasMark: false).ToBytes();
        if (bytes.Length > options.MaxWriteBytes)
        {
            throw new ToolRefusedException(string.Create(CultureInfo.InvariantCulture, $"The content has {bytes.Length:N0} bytes, and {options.MaxWriteBytes:N0} are allowed."));
        }

        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var existed = File.Exists(path);
            await FileWriter.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
            return new ToolResult(string.Create(CultureInfo.InvariantCulture, $"{(existed ? "Replaced" : "Created")} {folder.Display(path)} ({Lines.Count(content)} lines)"));
        }
        finally
        {
            turns.Release();
        }
    }
}
