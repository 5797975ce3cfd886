using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Tests.Conformance;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>Runs scripts against the engine: each instant case also pinned to its time and as one step of three.</summary>
public static class ScriptRunner
{
    /// <summary>Runs the cases of a script whose line is wanted; each is a case of <paramref name="cases"/>.</summary>
    public static async Task RunAsync(ScriptFile file, ConformanceCases cases, Func<int, bool> isWanted)
    {
        var storage = new ScriptStorage();
        var engine = new PromQlEngine(storage, new QueryLimits(), PromQlFeatures.All);
        foreach (var (line, head, body) in file.Blocks)
        {
            var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "clear")
            {
                storage.Clear();
            }
            else if (words[0].StartsWith("load", StringComparison.Ordinal))
            {
                var series = body.Where(text => !ScriptSeries.SplitLabels(text).Labels.Contains("@st", StringComparison.Ordinal)).Select(ScriptSeries.Parse).ToList();
                foreach (var one in words[0] == "load_with_nhcb" ? series.Concat(ClassicToNative.Convert(series)) : series)
                {
                    storage.Add(one, ScriptFile.Millis(words[1]));
                }
            }
            else if (isWanted(line) && ScriptFile.ParseCase(head, body) is { } example)
            {
                await cases.CheckAsync($"{file.Name}:{line} {example.Query}", () => CheckAsync(engine, example));
            }
        }
    }

    private static async Task CheckAsync(PromQlEngine engine, ScriptCase example)
    {
        try
        {
            if (example.IsInstant)
            {
                var (result, annotations) = await engine.InstantAsync(example.Query, example.StartMillis, CancellationToken.None);
                Assert.False(example.Fails, "expected a failure");
                ScriptComparison.Instant(example, result);
                ScriptComparison.Annotations(example, annotations);
                await CheckPinnedAsync(engine, example);
                await CheckMiddleStepAsync(engine, example, result);
            }
            else
            {
                var (result, annotations) = await engine.RangeAsync(
                    example.Query, example.StartMillis, example.EndMillis, example.StepMillis, CancellationToken.None);
                Assert.False(example.Fails, "expected a failure");
                ScriptComparison.Matrix(example.Results, example.StartMillis, example.StepMillis, result.Series);
                ScriptComparison.Annotations(example, annotations);
            }
        }
        catch (QueryException error) when (example.Fails)
        {
            foreach (var pattern in example.Expectations.Where(line => line.StartsWith("fail ", StringComparison.Ordinal)))
            {
                Assert.True(ScriptComparison.IsMatch(pattern[5..].Trim(), error.Message), $"expected {pattern}, got {error.Message}");
            }
        }
    }

    /// <summary>With all that is selected pinned to one time, it must not matter at which time the query is asked.</summary>
    private static async Task CheckPinnedAsync(PromQlEngine engine, ScriptCase example)
    {
        var expression = Parser.Parse(example.Query, PromQlFeatures.All);
        if (PinnedQuery.AsksForTime(expression))
        {
            return;
        }

        var query = PromQlPrinter.PrintLine(PinnedQuery.Pin(expression, example.StartMillis));
        var at = example.StartMillis;
        long[] times = at == 0 ? [-1_000, 0, 1_000] : [-10 * at, 0, at / 5, at, 10 * at];
        foreach (var time in times)
        {
            try
            {
                var (result, _) = await engine.InstantAsync(query, time, CancellationToken.None);
                ScriptComparison.Instant(example, result);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Assert.Fail($"pinned, asked at {time}: {query}: {error.Message}");
            }
        }
    }

    /// <summary>A step of a range query must have the answer of the instant query.</summary>
    private static async Task CheckMiddleStepAsync(PromQlEngine engine, ScriptCase example, QueryResult instant)
    {
        if (example.IsOrdered || instant is QueryResult.Text or QueryResult.Matrix || PinnedQuery.AsksForSteps(Parser.Parse(example.Query, PromQlFeatures.All)))
        {
            return;
        }

        var time = example.StartMillis;
        try
        {
            var (result, _) = await engine.RangeAsync(example.Query, time - 60_000, time + 60_000, 60_000, CancellationToken.None);
            ScriptComparison.IsSorted(result.Series);
            var samples = ScriptComparison.SamplesAt(result.Series, time);
            ScriptComparison.Instant(
                example, instant is QueryResult.Scalar ? new QueryResult.Scalar(time, samples.Single().Value) : new QueryResult.Vector(samples));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Assert.Fail($"as the middle of three steps: {error.Message}");
        }
    }
}
