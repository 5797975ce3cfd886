using CsCheck;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Editing;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Tests.Conformance;

namespace Gander.Tests.Query.PromQl;

public sealed class ParserFuzzTests
{
    private static readonly string[] s_pieces =
    [
        "sum", "rate", "topk", "histogram_quantile", "label_replace", "info", "x", "up:total", "by", "without", "on", "ignoring", "group_left", "bool", "offset", "anchored", "smoothed", "fill", "start", "end", "step", "min_of", "inf", "nan",
        "(", ")", "[", "]", "{", "}", ",", "=", "!=", "=~", "!~", "==", "<", ">=", "+", "-", "*", "/", "%", "^", "@", ":", "and", "or", "unless", "atan2", "</", ">/",
        "5m", "1h30m", "0x1f", "1e3", "1_000", "3", ".5", "5mm", "\"a\"", "'b'", "`c`", "\"\\xff\"", "\".*(\"", "\"", "#c\n", "\n", "\t", "ä", "😀", "\uFFFD", "\\", "$", "&", "[5m]", "{a=\"b\"}", "(x)",
    ];

    private static readonly Gen<string> s_queries = Gen.Select(
        Gen.OneOf(s_pieces).Array[0, 25], Gen.OneOf(" ", "", "  "), (pieces, between) => string.Join(between, pieces));

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_inside_of_it() => s_queries.Sample(Check, iter: 5_000);

    [Fact]
    public void Broken_queries_are_refused_with_a_place_inside_of_them()
    {
        var queries = SharedData.JsonLines("conformance", "promql", "parse.jsonl").Select(example => example.Value.GetProperty("query").GetString()!).ToArray();
        Gen.Select(Gen.OneOf(queries), Gen.OneOf(s_pieces), Gen.Int[0, 200], Gen.Int[0, 10], (query, piece, at, length) =>
        {
            var start = Math.Min(at, query.Length);
            return query[..start] + piece + query[Math.Min(query.Length, start + length)..];
        }).Sample(Check, iter: 3_000);
    }

    [Fact]
    public void An_editor_can_be_asked_anything() => Gen.Select(s_queries, Gen.Double.Unit).Sample(
        (query, place) =>
        {
            var tokens = QueryEditor.Tokens(query);
            var end = 0;
            foreach (var token in tokens)
            {
                Assert.InRange(token.Position.Start, end, query.Length);
                Assert.InRange(token.Position.End, token.Position.Start, query.Length);
                end = token.Position.End;
            }

            var at = (int)(place * query.Length);
            var request = QueryEditor.CompletionAt(query, at);
            Assert.InRange(request.Replaces.Start, 0, at);
            Assert.Equal(at, request.Replaces.End);
        },
        iter: 3_000);

    [Fact]
    public void Deep_nesting_is_refused_and_never_exhausts_the_stack()
    {
        foreach (var query in (string[])[new string('(', 100_000) + "x", string.Concat(Enumerable.Repeat("sum(", 50_000)), string.Concat(Enumerable.Repeat("-", 100_000)) + "x", $"x[{new string('(', 100_000)}"])
        {
            Assert.Throws<QueryException>(() => Parser.Parse(query, PromQlFeatures.All));
        }
    }

    private static void Check(string query)
    {
        Expression expression;
        try
        {
            expression = Parser.Parse(query, PromQlFeatures.All);
        }
        catch (QueryException error)
        {
            Assert.Equal(QueryErrorKind.BadQuery, error.Kind);
            var position = error.Position ?? throw new InvalidOperationException("an error has a place");
            Assert.InRange(position.Start, 0, query.Length);
            Assert.InRange(position.End, position.Start, query.Length);
            return;
        }

        var printed = PromQlPrinter.PrintLine(expression);
        Assert.Equal(printed, PromQlPrinter.PrintLine(Parser.Parse(printed, PromQlFeatures.All)));
        Assert.Equal(printed, PromQlPrinter.PrintLine(Parser.Parse(PromQlPrinter.Print(expression), PromQlFeatures.All)));
    }
}
