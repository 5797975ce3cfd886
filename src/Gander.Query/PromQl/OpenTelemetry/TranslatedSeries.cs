using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A stored series under its Prometheus name, before its parts are told apart.</summary>
/// <param name="Stored">The series in the store.</param>
/// <param name="Family">The metric's name without the suffixes of parts.</param>
/// <param name="Type">What it is.</param>
/// <param name="UnitWord">The unit in words, or empty.</param>
/// <param name="Flow">How its points become samples.</param>
/// <param name="Labels">The labels without the name, ordered by name, none empty.</param>
internal sealed record TranslatedSeries(
    MetricSeries Stored, string Family, MetricType Type, string UnitWord, SampleFlow Flow, IReadOnlyList<KeyValuePair<string, string>> Labels);
