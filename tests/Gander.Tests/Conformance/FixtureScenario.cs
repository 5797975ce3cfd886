using System.Text.Json;

namespace Gander.Tests.Conformance;

/// <summary>One captured run of an agent: the bodies it sent, in order, and what is known to be true of them.</summary>
/// <param name="Folder">The absolute path of the scenario.</param>
/// <param name="Manifest">The parsed <c>manifest.json</c>.</param>
public sealed record FixtureScenario(string Folder, JsonElement Manifest)
{
    /// <summary>The folder name of the agent, for example <c>goose</c>.</summary>
    public string Agent => Path.GetFileName(Path.GetDirectoryName(Folder)!);

    /// <summary>The folder name of the scenario, for example <c>run-text</c>.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>The requests in the order in which they arrived.</summary>
    public IReadOnlyList<FixtureRequest> Requests =>
        [.. Manifest.GetProperty("requests").EnumerateArray().Select(request => new FixtureRequest(Folder, request))];
}
