using System.Globalization;
using Gander.Agent.Loop;
using Gander.Agent.Tools.Files;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>edit</c>.</summary>
/// <param name="folder">Where relative paths begin.</param>
/// <param name="options">Limits.</param>
/// <param name="turns">Lets one change of a file happen at a time.</param>
internal sealed class EditTool(WorkFolder folder, ToolOptions options, SemaphoreSlim turns) : BuiltInTool(
    ToolName,
    "Replaces a text in a file by another. The text has to stand in the file exactly once, white space included; otherwise nothing changes and the answer says where "
    + "it stands or what is similar. An empty \"after\" takes the text away.",
    """
    {
      "type": "object",
      "properties": {
        "path": { "type": "string", "description": "The file, absolute or from the working directory" },
        "before": { "type": "string", "description": "The text as it is, with enough around it to be unique" },
        "after": { "type": "string", "description": "The text that takes its place" }
      },
      "required": ["path", "before", "after"],
      "additionalProperties": false
    }
    """)
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "edit";

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var path = folder.Resolve(arguments.Path("path"));
        var before = arguments.Text("before");
        var after = arguments.Text("after");
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var name = folder.Display(path);
            var file = TextFile.Read(path, options.MaxFileBytes);
            var (text, line) = TextReplacement.Apply(file, before, after, name);
            await FileWriter.WriteAsync(path, (file with { Text = text }).ToBytes(), cancellationToken).ConfigureAwait(false);
            return new ToolResult(string.Create(CultureInfo.InvariantCulture, $"Edited {name} at line {line} ({Lines.Count(before)} lines -> {Lines.Count(after)} lines)"));
        }
        finally
        {
            turns.Release();
        }
    }
}
