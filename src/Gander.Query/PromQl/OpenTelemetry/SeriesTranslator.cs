using Gander.Query.PromQl.Series;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Turns what OTLP sent into names and labels. Remembers names; not thread-safe.</summary>
internal sealed class SeriesTranslator(OtlpTranslationOptions options)
{
    /// <summary>The metric that holds the attributes of resources.</summary>
    public const string TargetInfo = "target_info";

    private const int MaxRemembered = 50_000;
    private const string GoosePrefix = "goose.";
    private const string LogText = "message";
    private const string ServiceNamespace = "service.namespace";

    private readonly MetricNaming _metrics = new(options.Strategy, options.Namespace);
    private readonly LabelNaming _labels = new(
        options.Strategy is TranslationStrategy.UnderscoreEscapingWithSuffixes or TranslationStrategy.UnderscoreEscapingWithoutSuffixes,
        options.KeepMultipleUnderscores,
        options.PrefixUnderscoreLabels);

    private readonly HashSet<string> _promoted = new(options.PromotedResourceAttributes, StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _labelNames = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, MetricType), string?> _metricNames = [];

    /// <summary>What a metric is.</summary>
    public static MetricType TypeOf(MetricKind kind, bool isMonotonic) => kind switch
    {
        MetricKind.Gauge => MetricType.Gauge,
        MetricKind.Sum => isMonotonic ? MetricType.Counter : MetricType.UpDownCounter,
        MetricKind.Summary => MetricType.Summary,
        _ => MetricType.Histogram,
    };

    /// <summary>Translates a series; null when its name has no form that PromQL could ask for.</summary>
    public TranslatedSeries? Translate(MetricSeries series)
    {
        var type = TypeOf(series.Kind, series.IsMonotonic);
        if (series.Scope.Name == PrometheusScope.Name)
        {
            return new TranslatedSeries(series, series.Name, type, series.Unit, SampleFlow.Finished, Finished(series));
        }

        return NameOf(series.Name, series.Unit, type) is { } family
            ? new TranslatedSeries(series, family, type, UnitWords.Joined(series.Unit), FlowOf(series), LabelsOf(series))
            : null;
    }

    /// <summary>The labels of a resource on <c>target_info</c>; null when it says nothing more than who it is, or not who.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? TargetOf(Resource resource)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = resource.Attributes.Where(attribute => !IsIdentity(attribute.Key)).ToList();
        Join(labels, names, isMessageDropped: false);
        if (labels.Count == 0 || !AddIdentity(labels, resource))
        {
            return null;
        }

        labels[Series.Labels.MetricName] = TargetInfo;
        return [.. labels];
    }

    private static SampleFlow FlowOf(MetricSeries series) => series.Kind switch
    {
        MetricKind.Gauge => SampleFlow.Level,
        MetricKind.Sum when !series.IsMonotonic => series.Temporality == Temporality.Delta ? SampleFlow.LevelDelta : SampleFlow.Level,
        MetricKind.Summary => SampleFlow.Cumulative,
        _ => series.Temporality == Temporality.Delta ? SampleFlow.Delta : SampleFlow.Cumulative,
    };

    private static IReadOnlyList<KeyValuePair<string, string>> Finished(MetricSeries series) =>
    [
        .. series.Attributes
            .Select(attribute => KeyValuePair.Create(attribute.Key, LabelText.Of(attribute.Value)))
            .Where(label => label.Value.Length > 0 && label.Key != Labels.MetricName),
    ];

    private static bool IsIdentity(string key) => key is AttributeKeys.ServiceName or ServiceNamespace or AttributeKeys.ServiceInstanceId;

    private string? NameOf(string name, string unit, MetricType type)
    {
        if (_metricNames.TryGetValue((name, unit, type), out var known))
        {
            return known;
        }

        _metrics.TryName(name, unit, type, out var made, out _);
        if (_metricNames.Count >= MaxRemembered)
        {
            _metricNames.Clear();
        }

        _metricNames.Add((name, unit, type), made);
        return made;
    }

    private string? LabelOf(string key)
    {
        if (_labelNames.TryGetValue(key, out var known))
        {
            return known;
        }

        _labels.TryName(key, out var made, out _);
        if (_labelNames.Count >= MaxRemembered)
        {
            _labelNames.Clear();
        }

        _labelNames.Add(key, made);
        return made;
    }

    private List<KeyValuePair<string, string>> LabelsOf(MetricSeries series)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Join(labels, series.Attributes, isMessageDropped: series.Name.StartsWith(GoosePrefix, StringComparison.Ordinal));
        foreach (var (key, value) in series.Resource.Attributes)
        {
            if (options.PromoteAllResourceAttributes || _promoted.Contains(key))
            {
                Add(labels, key, value);
            }
        }

        if (options.PromoteScope)
        {
            AddScope(labels, series.Scope);
        }

        AddIdentity(labels, series.Resource);
        labels.Remove(Series.Labels.MetricName);
        return [.. labels];
    }

    // goose puts the text of the log record that a counter stands for on each of its points.
    private void Join(SortedDictionary<string, string> labels, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes, bool isMessageDropped)
    {
        foreach (var (key, value) in attributes)
        {
            if (LabelOf(key) is { } name && LabelText.Of(value) is { Length: > 0 } text && !(isMessageDropped && key == LogText))
            {
                labels[name] = labels.TryGetValue(name, out var before) ? $"{before};{text}" : text;
            }
        }
    }

    private void Add(SortedDictionary<string, string> labels, string key, in AttributeValue value)
    {
        if (LabelOf(key) is { } name && LabelText.Of(value) is { Length: > 0 } text)
        {
            labels.TryAdd(name, text);
        }
    }

    private void AddScope(SortedDictionary<string, string> labels, InstrumentationScope scope)
    {
        Add(labels, "otel_scope_name", AttributeValue.Of(scope.Name));
        Add(labels, "otel_scope_version", AttributeValue.Of(scope.Version));
        Add(labels, "otel_scope_schema_url", AttributeValue.Of(scope.SchemaUrl));
        foreach (var (key, value) in scope.Attributes)
        {
            Add(labels, "otel_scope_" + key, value);
        }
    }

    private static bool AddIdentity(SortedDictionary<string, string> labels, Resource resource)
    {
        var service = TextOf(resource, AttributeKeys.ServiceName);
        var instance = TextOf(resource, AttributeKeys.ServiceInstanceId);
        if (service.Length > 0)
        {
            var group = TextOf(resource, ServiceNamespace);
            labels["job"] = group.Length > 0 ? $"{group}/{service}" : service;
        }

        if (instance.Length > 0)
        {
            labels["instance"] = instance;
        }

        return service.Length + instance.Length > 0;
    }

    private static string TextOf(Resource resource, string key) => resource.TryGet(key, out var value) ? LabelText.Of(value) : "";
}
