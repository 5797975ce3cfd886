using System.Text.Json;
using Gander.Agent.Loop;
using Gander.Agent.Tools;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Tools;

/// <summary>A folder with the agent's tools in it, called as a model would call them.</summary>
internal sealed class ToolFolder : IAsyncDisposable
{
    private readonly BuiltInTools _tools;

    public ToolFolder(Action<ToolOptions>? configure = null)
    {
        FullPath = WorkFolder.RealPath(Directory.CreateTempSubdirectory("gander-tools-").FullName);
        var options = new ToolOptions();
        configure?.Invoke(options);
        Work = new WorkFolder(FullPath);
        _tools = new BuiltInTools(Work, options);
    }

    public string FullPath { get; }

    public WorkFolder Work { get; }

    public IReadOnlyList<AIFunction> Tools => _tools.All;

    public string Combine(params ReadOnlySpan<string> parts) => Path.Combine([FullPath, .. parts]);

    /// <summary>Writes files, each a path and its text, with all folders on the way.</summary>
    public ToolFolder With(params ReadOnlySpan<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Combine(path))!);
            File.WriteAllText(Combine(path), text);
        }

        return this;
    }

    public string Text(string path) => File.ReadAllText(Combine(path));

    /// <summary>Calls a tool with the members of an object as its arguments.</summary>
    public async Task<ToolResult> CallAsync(string tool, object arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToElement(arguments);
        var values = json.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
        return (ToolResult)(await _tools.All.Single(function => function.Name == tool).InvokeAsync(new AIFunctionArguments(values), cancellationToken))!;
    }

    /// <summary>The text of an answer that is no error.</summary>
    public async Task<string> AnswerAsync(string tool, object arguments, CancellationToken cancellationToken)
    {
        var result = await CallAsync(tool, arguments, cancellationToken);
        Assert.False(result.IsError, result.Text);
        return result.Text;
    }

    /// <summary>The text of an answer that is an error.</summary>
    public async Task<string> RefusalAsync(string tool, object arguments, CancellationToken cancellationToken)
    {
        var result = await CallAsync(tool, arguments, cancellationToken);
        Assert.True(result.IsError, result.Text);
        return result.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        Directory.Delete(FullPath, recursive: true);
    }
}
