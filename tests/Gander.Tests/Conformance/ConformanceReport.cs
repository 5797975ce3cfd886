using System.Collections.Concurrent;
using System.Globalization;

[assembly: AssemblyFixture(typeof(Gander.Tests.Conformance.ConformanceReport))]

namespace Gander.Tests.Conformance;

/// <summary>
/// Collects the outcome of every conformance case of the run and prints one line a folder when all tests are done:
/// <c>NAME: N passed, N failed, N skipped</c>. Test classes take it in their constructor and may share a folder. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// [Trait("Category", "Conformance")]
/// public sealed class OtlpJsonConformanceTests(ConformanceReport report)
/// {
///     [Fact]
///     public async Task Every_json_case_is_answered_as_stated()
///     {
///         var cases = report.Folder("otlp");
///
///         foreach (var example in SharedData.JsonLines("conformance", "otlp", "json-cases.jsonl"))
///         {
///             await cases.CheckAsync(example.Id, async () => Assert.Equal(200, await PostAsync(example.Value)));
///         }
///
///         cases.AssertAllPassed();
///     }
/// }
/// </code>
/// </example>
public sealed class ConformanceReport : IDisposable
{
    private readonly ConcurrentQueue<ConformanceCases> _parts = new();

    /// <summary>
    /// Starts a set of cases that counts towards the line of <paramref name="name"/>, the folder under <c>conformance</c> or
    /// <c>fixtures</c>. Call it once a test.
    /// </summary>
    public ConformanceCases Folder(string name)
    {
        var cases = new ConformanceCases(name);
        _parts.Enqueue(cases);
        return cases;
    }

    /// <summary>Prints the lines, sorted by folder. The test framework calls it after the last test.</summary>
    public void Dispose()
    {
        foreach (var folder in _parts.GroupBy(part => part.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder.Key}: {folder.Sum(part => part.Passed)} passed, {folder.Sum(part => part.Failed)} failed, {folder.Sum(part => part.Skipped)} skipped"));
        }
    }
}
