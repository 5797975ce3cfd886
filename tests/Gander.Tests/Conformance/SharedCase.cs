using System.Globalization;
using System.Text.Json;

namespace Gander.Tests.Conformance;

/// <summary>One case of a JSON-lines file, named so that a failing one is found again.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Line">The 1-based line number.</param>
/// <param name="Value">The parsed line.</param>
public sealed record SharedCase(string File, int Line, JsonElement Value)
{
    /// <summary>The case's own <c>id</c> where it has one, else file and line.</summary>
    public string Id =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty("id", out var id)
            ? $"{File}:{id}"
            : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
