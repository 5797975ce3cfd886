using System.Globalization;
using System.Text;
using Gander.Agent.Loop;
using Gander.Agent.Permissions;
using Gander.Agent.Tools.Files;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>read</c>.</summary>
internal sealed class ReadTool(WorkFolder folder, ToolOptions options) : BuiltInTool(
    ToolName,
    "Answers the lines of a text file, each after its number and a tab; the number and the tab are not part of the file. Long files come in parts: name the first and last line.",
    """
    {
      "type": "object",
      "properties": {
        "path": { "type": "string", "description": "The file, absolute or from the working directory" },
        "first_line": { "type": "integer", "minimum": 1, "description": "Where to begin; 1 when absent" },
        "last_line": { "type": "integer", "minimum": 1, "description": "Where to end" }
      },
      "required": ["path"],
      "additionalProperties": false
    }
    """)
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "read";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => ToolNature.ReadOnlyProperties;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var path = folder.Resolve(arguments.Path("path"));
        var first = arguments.Number("first_line", 1, int.MaxValue) ?? 1;
        var last = arguments.Number("last_line", 1, int.MaxValue);
        if (last < first)
        {
            throw new ToolRefusedException("\"last_line\" is before \"first_line\".");
        }

        var lines = Lines.Of(TextFile.Read(path, options.MaxFileBytes).Text);
        if (lines.Length == 0)
        {
            return ValueTask.FromResult(new ToolResult("(the file is empty)"));
        }

        if (first > lines.Length)
        {
            throw new ToolRefusedException(string.Create(CultureInfo.InvariantCulture, $"{folder.Display(path)} has only {lines.Length} lines."));
        }

        return ValueTask.FromResult(new ToolResult(Show(lines, first, last)));
    }

    private string Show(string[] lines, int first, int? last)
    {
        var wanted = (int)Math.Min(lines.Length, last ?? (long)first + options.MaxReadLines - 1);
        var text = new StringBuilder();
        var bytes = 0;
        var number = first;
        for (; number <= wanted; number++)
        {
            var line = Lines.Cut(lines[number - 1], options.MaxLineLength);
            bytes += Encoding.UTF8.GetByteCount(line) + 8;
            if (bytes > options.MaxResultBytes && number > first)
            {
                break;
            }

            text.Append(CultureInfo.InvariantCulture, $"{number}\t{line}\n");
        }

        var isCut = number <= wanted || (last is null && number <= lines.Length);
        return isCut
            ? text.Append(CultureInfo.InvariantCulture, $"[lines {first} to {number - 1} of {lines.Length}; go on with first_line {number}]").ToString()
            : text.ToString(0, text.Length - 1);
    }
}
