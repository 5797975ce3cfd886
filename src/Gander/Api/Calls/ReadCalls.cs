using System.Text.Json;
using Gander.Sessions;
using Microsoft.Extensions.Options;

namespace Gander.Api.Calls;

/// <summary>An endpoint that adds up calls of one sort: a line for each combination of what is asked for, the whole, and series for charts.</summary>
/// <typeparam name="TLine">What is gathered of each line.</typeparam>
internal abstract class ReadCalls<TLine>(CallReader reader, IOptions<ApiOptions> options) : ApiEndpoint
    where TLine : CallLine
{
    private const int MaxLimit = 10_000;
    private const int DefaultLimit = 500;
    private const int MaxSeries = 20;

    /// <summary>The parameters that such endpoints have in common, with what stands in the middle.</summary>
    public override IReadOnlyList<ApiParameter> Parameters =>
    [
        .. CallParameters.Range,
        .. Filters,
        new("by", $"What calls are told apart by: {string.Join(", ", Words)}; may be repeated. Without it {Words[0]} and {Words[1]}.", ApiParameterKind.Repeated, Words[0]) { Words = Words },
        new("sort", "The figure that lines are sorted by, largest first; without it calls.", ApiParameterKind.Text, "p95") { Words = [.. Sorts.Keys] },
        new("limit", $"At most this many lines, 1 to {MaxLimit}; without it {DefaultLimit}.", ApiParameterKind.Number, "500") { Bounds = (1, MaxLimit) },
        CallParameters.Buckets,
    ];

    /// <summary>The sort of calls.</summary>
    protected abstract StepKind Kind { get; }

    /// <summary>The parameters that narrow what is added up; those for name and origin are called as in <see cref="Words"/>.</summary>
    protected abstract IReadOnlyList<ApiParameter> Filters { get; }

    /// <summary>What name, origin, agent and user are called here.</summary>
    protected abstract string[] Words { get; }

    /// <summary>What lines can be sorted by; the first is the one without a choice.</summary>
    protected abstract IReadOnlyDictionary<string, Func<TLine, double?>> Sorts { get; }

    /// <summary>What the lists of lines and series are called.</summary>
    protected abstract string ListName { get; }

    public override async Task AnswerAsync(ApiRequest request)
    {
        var parameters = request.Parameters;
        var range = CallParameters.ReadRange(request);
        var query = new CallQuery(range, parameters.Text("agent"), parameters.Text("user"), parameters.Text(Words[0]), parameters.Text(Words[1]));
        var by = CallParameters.ReadBy(parameters, Words, CallFields.Name | CallFields.Origin);
        var sort = parameters.Word("sort", [.. Sorts.Keys]) ?? Sorts.Keys.First();
        var limit = parameters.Number("limit", 1, MaxLimit, DefaultLimit);
        var buckets = CallParameters.ReadBuckets(parameters);
        request.FinishParameters();

        var figures = new CallFigures<TLine>(Kind, query, by, buckets, options.Value.MaxCallLines, Make);
        var coverage = await reader.ReadAsync(query, figures.Add, request.CancellationToken);

        await using var answer = request.BeginJson();
        await WriteAsync(answer, figures, figures.Sorted(Sorts[sort]), limit, coverage);
    }

    /// <summary>Makes a line of a key and a number of buckets.</summary>
    protected abstract TLine Make(CallKey key, int buckets);

    /// <summary>Writes the figures of a line as members of the object that is open.</summary>
    protected abstract void WriteFigures(Utf8JsonWriter json, TLine line, bool isTotal);

    /// <summary>Writes the series of a line as members of the object that is open.</summary>
    protected abstract void WriteSeries(Utf8JsonWriter json, TLine line, int buckets);

    private async Task WriteAsync(JsonAnswer answer, CallFigures<TLine> figures, List<TLine> lines, int limit, CallCoverage coverage)
    {
        var json = answer.Writer;
        json.WriteStartObject();
        CallJson.WriteCoverage(json, figures.Buckets, coverage);
        json.WriteStartObject("total");
        WriteFigures(json, figures.All, isTotal: true);
        json.WriteEndObject();
        json.WriteNumber("lines", lines.Count);
        json.WriteBoolean("linesCut", figures.IsCut);
        json.WritePropertyName("beyond");
        if (figures.Beyond is { } beyond)
        {
            json.WriteStartObject();
            WriteFigures(json, beyond, isTotal: false);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray(ListName);
        foreach (var line in lines.Take(limit))
        {
            json.WriteStartObject();
            CallJson.WriteKey(json, line.Key, Words[0], Words[1]);
            WriteFigures(json, line, isTotal: false);
            json.WriteEndObject();
            await answer.SendGatheredAsync();
        }

        json.WriteEndArray();
        json.WriteStartObject("series");
        CallJson.WriteTimes(json, figures.Buckets);
        json.WriteStartArray(ListName);
        foreach (var line in lines.Take(Math.Min(limit, MaxSeries)))
        {
            json.WriteStartObject();
            CallJson.WriteKey(json, line.Key, Words[0], Words[1]);
            WriteSeries(json, line, figures.Buckets.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
