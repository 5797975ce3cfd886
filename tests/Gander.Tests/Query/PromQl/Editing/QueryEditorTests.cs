using Gander.Query.PromQl.Editing;

namespace Gander.Tests.Query.PromQl.Editing;

public sealed class QueryEditorTests
{
    [Fact]
    public void Each_piece_of_a_query_has_its_kind()
    {
        const string Query = "sum by (job) (rate(x{a=\"b\"}[5m])) > bool 1 # why";

        var kinds = QueryEditor.Tokens(Query).Select(token => $"{Query[token.Position.Start..token.Position.End]}:{token.Kind}");

        Assert.Equal(
            [
                "sum:Aggregation", "by:Keyword", "(:Punctuation", "job:Label", "):Punctuation", "(:Punctuation", "rate:Function", "(:Punctuation",
                "x:Metric", "{:Punctuation", "a:Label", "=:Operator", "\"b\":Text", "}:Punctuation", "[:Punctuation", "5m:Duration", "]:Punctuation",
                "):Punctuation", "):Punctuation", ">:Operator", "bool:Keyword", "1:Number", "# why:Comment",
            ],
            kinds);
    }

    [Fact]
    public void What_cannot_be_read_is_marked_to_the_end() =>
        Assert.Equal(EditorTokenKind.Invalid, QueryEditor.Tokens("up + \"open")[^1].Kind);

    [Theory]
    [InlineData("", CompletionKind.Operand, "")]
    [InlineData("ra", CompletionKind.Operand, "ra")]
    [InlineData("up ", CompletionKind.Continuation, "")]
    [InlineData("up + ", CompletionKind.Operand, "")]
    [InlineData("up * on (job) ", CompletionKind.Operand, "")]
    [InlineData("sum(up) by (job) ", CompletionKind.Continuation, "")]
    [InlineData("up{", CompletionKind.MatcherLabel, "")]
    [InlineData("up{job=\"a\", in", CompletionKind.MatcherLabel, "in")]
    [InlineData("up{job=\"a\", instance=\"lo", CompletionKind.LabelValue, "lo")]
    [InlineData("sum by (jo", CompletionKind.GroupingLabel, "jo")]
    [InlineData("up[5", CompletionKind.Duration, "5")]
    [InlineData("up # com", CompletionKind.Nothing, "")]
    public void What_may_stand_at_the_end_of_an_unfinished_query_is_known(string query, CompletionKind kind, string prefix)
    {
        var request = QueryEditor.CompletionAt(query, query.Length);

        Assert.Equal((kind, prefix), (request.Kind, request.Prefix));
    }

    [Fact]
    public void A_label_value_knows_its_selector()
    {
        const string Query = "rate(up{job=\"a\", instance=\"lo";

        var request = QueryEditor.CompletionAt(Query, Query.Length);

        Assert.Equal(("up", "instance"), (request.Metric, request.Label));
        Assert.Equal("a", Assert.Single(request.Matchers).Value);
        Assert.Equal(Query.Length - 2, request.Replaces.Start);
    }

    [Fact]
    public void Grouping_labels_know_the_metric_before_them()
    {
        const string Query = "sum(rate(http_requests_total[5m])) by (";

        Assert.Equal("http_requests_total", QueryEditor.CompletionAt(Query, Query.Length).Metric);
    }
}
