using System.Text;
using Gander.Agent.Loop;
using Gander.Agent.Permissions;
using Gander.Agent.Tools.Files;
using Gander.Agent.Tools.Searching;

namespace Gander.Agent.Tools;

/// <summary>The tool <c>search</c>.</summary>
internal sealed class SearchTool(WorkFolder folder, ToolOptions options) : BuiltInTool(
    ToolName,
    "Finds lines in files by a regular expression, below a folder or in one file; without a pattern, finds files by \"glob\". Leaves out binary files and what .gitignore and "
    + ".ignore leave out. Answers each file with its matching lines as number:line.",
    """
    {
      "type": "object",
      "properties": {
        "pattern": { "type": "string", "description": "A regular expression for one line" },
        "path": { "type": "string", "description": "A folder or a file; the working directory when absent" },
        "glob": { "type": "string", "description": "Only files like this, such as *.cs or src/**/*.{ts,tsx}" },
        "text": { "type": "boolean", "description": "The pattern is plain text" },
        "ignore_case": { "type": "boolean", "description": "Upper and lower case are the same" },
        "context": { "type": "integer", "minimum": 0, "maximum": 20, "description": "Lines to show around each match" }
      },
      "additionalProperties": false
    }
    """)
{
    /// <summary>Its name for the model.</summary>
    public const string ToolName = "search";

    private const int MaxContext = 20;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => ToolNature.ReadOnlyProperties;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var path = folder.Resolve(arguments.OptionalText("path") is null ? "." : arguments.Path("path"));
        var glob = arguments.OptionalText("glob");
        var pattern = arguments.OptionalText("pattern") is { Length: > 0 } expression
            ? new LinePattern(expression, arguments.Flag("text"), arguments.Flag("ignore_case"))
            : null;
        if (pattern is null && string.IsNullOrEmpty(glob))
        {
            throw new ToolRefusedException("A \"pattern\" or a \"glob\" is needed.");
        }

        var report = new SearchReport(options);
        var context = arguments.Number("context", 0, MaxContext) ?? 0;
        if (File.Exists(path) && pattern is not null)
        {
            report.AddLines(folder.Display(path), Lines.Of(TextFile.Read(path, options.MaxFileBytes).Text), pattern, context, cancellationToken);
            return ValueTask.FromResult(new ToolResult(report.ToText(cutReason: null)));
        }

        if (!Directory.Exists(path))
        {
            throw new ToolRefusedException($"{path} does not exist.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.MaxSearchSeconds));
        var walk = new FileWalk(path, options.MaxFiles, deadline.Token);
        var filter = new FileFilter(glob);
        try
        {
            foreach (var file in walk.Entries().Where(entry => !entry.IsFolder && filter.Accepts(Path.GetRelativePath(path, entry.FullPath))).TakeWhile(_ => !report.IsFull))
            {
                Look(file.FullPath, pattern, context, report, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromResult(new ToolResult(report.ToText("the time was over")));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new ToolResult(report.ToText(walk.CutReason)));
    }

    private void Look(string path, LinePattern? pattern, int context, SearchReport report, CancellationToken deadline)
    {
        if (pattern is null)
        {
            report.AddFile(folder.Display(path));
            return;
        }

        byte[] content;
        try
        {
            content = RegularFile.Read(path, options.MaxFileBytes);
        }
        catch (Exception e) when (e is ToolRefusedException or IOException or UnauthorizedAccessException)
        {
            report.SkippedFiles++;
            return;
        }

        if (!RegularFile.IsBinary(content))
        {
            report.AddLines(folder.Display(path), Lines.Of(Encoding.UTF8.GetString(content)), pattern, context, deadline);
        }
    }
}
