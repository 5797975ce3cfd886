using System.Text.Json;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>Names metrics, units and labels as the Prometheus project's own translator does.</summary>
[Trait("Category", "Conformance")]
public sealed class NamingConformanceTests(ConformanceReport report)
{
    [Fact]
    public void Every_metric_gets_the_name_and_unit_stated()
    {
        var cases = report.Folder("otlp-naming");

        foreach (var example in SharedData.JsonLines("conformance", "otlp-naming", "metric-names.jsonl"))
        {
            cases.Check(example.Id, () => CheckMetric(example.Value));
        }

        cases.AssertAllPassed();
    }

    [Fact]
    public void Every_attribute_key_gets_the_label_stated()
    {
        var cases = report.Folder("otlp-naming");

        foreach (var example in SharedData.JsonLines("conformance", "otlp-naming", "label-names.jsonl"))
        {
            cases.Check(example.Id, () => CheckLabel(example.Value));
        }

        cases.AssertAllPassed();
    }

    private static void CheckMetric(JsonElement example)
    {
        var (name, unit) = (Text(example, "name") ?? "", Text(example, "unit") ?? "");
        var type = Text(example, "type") switch
        {
            "gauge" => MetricType.Gauge,
            "monotonic sum" => MetricType.Counter,
            "non-monotonic sum" => MetricType.UpDownCounter,
            "histogram" or "exponential histogram" => MetricType.Histogram,
            "summary" => MetricType.Summary,
            _ => MetricType.Unknown,
        };
        var (strategy, prefix) = Setting(example, name);

        Assert.Equal(Text(example, "want_unit") ?? "", UnitWords.Joined(unit));
        var isNamed = new MetricNaming(strategy, prefix).TryName(name, unit, type, out var made, out var problem);

        Assert.Equal(Text(example, "want"), made);
        Assert.Equal(Text(example, "want_error"), problem);
        Assert.Equal(made is not null, isNamed);
    }

    // Some cases were recorded without the namespace they were run with, and with the default strategy in place of their own.
    // What is wanted tells both: the namespace is what stands before the name, and an escaped name has no letter beyond ASCII.
    private static (TranslationStrategy Strategy, string Prefix) Setting(JsonElement example, string name)
    {
        var strategy = Text(example, "strategy") switch
        {
            "UnderscoreEscapingWithSuffixes" => TranslationStrategy.UnderscoreEscapingWithSuffixes,
            "UnderscoreEscapingWithoutSuffixes" => TranslationStrategy.UnderscoreEscapingWithoutSuffixes,
            "NoUTF8EscapingWithSuffixes" => TranslationStrategy.NoUtf8EscapingWithSuffixes,
            "NoUTF8EscapingWithoutSuffixes" => TranslationStrategy.NoTranslation,
            var other => throw new InvalidDataException($"unknown strategy {other}"),
        };
        var want = Text(example, "want") ?? "";
        if (Text(example, "namespace") is { } prefix)
        {
            return (want.All(char.IsAscii) ? strategy : TranslationStrategy.NoTranslation, prefix);
        }

        var at = want.IndexOf($"_{name}", StringComparison.Ordinal);
        if (at < 1 || want.StartsWith(name, StringComparison.Ordinal))
        {
            return (strategy, "");
        }

        var hasSuffix = !want.EndsWith(name, StringComparison.Ordinal);
        return (
            want.All(char.IsAscii) ? strategy : hasSuffix ? TranslationStrategy.NoUtf8EscapingWithSuffixes : TranslationStrategy.NoTranslation,
            want[..at]);
    }

    private static void CheckLabel(JsonElement example)
    {
        var key = Text(example, "label")!;
        var sanitized = Text(example, "sanitized");
        var runs = Text(example, "sanitizedMultipleUnderscores") ?? sanitized;
        var prefixed = Text(example, "sanitizedUnderscoreLabelSanitization") ?? sanitized;
        var problem = Text(example, "wantSanitizationError");

        Check(new LabelNaming(escapes: true, keepsRuns: false, prefixesUnderscore: false), key, sanitized, problem);
        if (prefixed is not null)
        {
            Check(new LabelNaming(escapes: true, keepsRuns: false, prefixesUnderscore: true), key, prefixed, null);
        }

        Check(
            new LabelNaming(escapes: true, keepsRuns: true, prefixesUnderscore: false),
            key,
            runs,
            Text(example, "wantSanitizationMultipleUnderscoresError") ?? problem);
        Check(new LabelNaming(escapes: false, keepsRuns: true, prefixesUnderscore: false), key, key, Text(example, "wantUTF8Error"));
    }

    private static void Check(LabelNaming naming, string key, string? name, string? problem)
    {
        naming.TryName(key, out var made, out var why);

        Assert.Equal(problem is null ? name : null, made);
        Assert.Equal(problem, why);
    }

    private static string? Text(JsonElement example, string name) => example.TryGetProperty(name, out var value) ? value.GetString() : null;
}
