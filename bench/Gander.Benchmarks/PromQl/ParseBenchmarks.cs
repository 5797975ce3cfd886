using BenchmarkDotNet.Attributes;
using Gander.Query.PromQl.Syntax;

namespace Gander.Benchmarks.PromQl;

/// <summary>Reading and printing a query.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private const string Query =
        "histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{ServiceName=\"goose\",SpanName=~\"stream.*\"}[5m])))";

    private readonly string _query = Query;
    private readonly Expression _tree = Parser.Parse(Query);
    private readonly LabelPattern _choice = LabelPattern.Parse("ok|error|unset");
    private readonly LabelPattern _contains = LabelPattern.Parse(".*provider.*");
    private readonly LabelPattern _regex = LabelPattern.Parse("stream_[a-z]+_from_.*");

    [Benchmark]
    public Expression Parse() => Parser.Parse(_query);

    [Benchmark]
    public string Print() => PromQlPrinter.Print(_tree);

    [Benchmark]
    public bool MatchChoice() => _choice.IsMatch("error");

    [Benchmark]
    public bool MatchContains() => _contains.IsMatch("stream_response_from_provider");

    [Benchmark]
    public bool MatchRegex() => _regex.IsMatch("stream_response_from_provider");
}
