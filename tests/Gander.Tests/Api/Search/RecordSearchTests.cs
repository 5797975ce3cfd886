using CsCheck;
using Gander.Api.Search;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.AspNetCore.WebUtilities;

namespace Gander.Tests.Api.Search;

public sealed class RecordSearchTests
{
    private const long Now = 1_795_341_600_000_000_000;

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.OneOf("goose", "007", "1.0", "true", "-3", "\"quoted\"", "a=b", "x & y", " edge ", "ü☃", "\\", "!", "~", "12e3", "gpt-4o", "1.", "-", "9223372036854775808"),
        Gen.String[1, 12].Where(text => text.All(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))));

    private static readonly Gen<AttributeValue> Values = Gen.OneOf(
        Words.Select(AttributeValue.Of), Gen.Long.Select(AttributeValue.Of), Gen.Bool.Select(AttributeValue.Of), Gen.Int.Select(i => AttributeValue.Of(i + 0.5)));

    private static readonly Gen<RecordFilter> Filters = Gen.OneOf(
        Gen.Select(Words.Where(word => word.Trim().Length > 0), Values, (key, value) => RecordFilter.Attribute(key, value)),
        Gen.Select(Words.Where(word => word.Trim().Length > 0), Words, (key, value) => RecordFilter.Attribute(key, AttributeValue.Of(value), RecordOperator.Contains)),
        Gen.Select(Words.Where(word => word.Trim().Length > 0), key => RecordFilter.Attribute(key, default, RecordOperator.Absent)),
        Gen.Long[0, long.MaxValue / 2].Select(nanos => RecordFilter.Field("duration", $"{nanos}ns", Signal.Traces, RecordOperator.GreaterOrEqual)),
        Gen.OneOf(
            RecordFilter.Field("status", "error", Signal.Traces),
            RecordFilter.Field("status", "ok", Signal.Traces, RecordOperator.NotEqual),
            RecordFilter.Field("parent", "", Signal.Traces, RecordOperator.Absent),
            RecordFilter.Field("service", "goose", Signal.Traces)));

    [Fact]
    public void A_search_reads_back_from_its_query_string_as_the_same_search() =>
        Gen.Select(Filters.Array[0, 6], Gen.Int[1, 1_000], Gen.OneOf<string?>(null, "now-6h", "2026-11-22T09:00:00Z")).Sample((filters, limit, start) =>
        {
            var search = filters.Aggregate(RecordSearch.For(Signal.Traces).WithLimit(limit), (built, filter) => built.With(filter)).WithTime(start, null, Now);

            var back = RecordSearch.Parse(Signal.Traces, Query(search.ToQueryString()), Now);

            return back.Problems.Count == 0 && back.Search.Equals(search) && back.Search.Filters.ToHashSet().SetEquals(search.Filters) && back.Search.Range == search.Range;
        });

    [Fact]
    public void Any_query_string_is_read_or_refused() =>
        Gen.Select(Gen.OneOf("attr", "field", "resource", "service", "start", "minDuration", "cursor", "limit"), Gen.String).Array[0, 4].Sample(pairs =>
        {
            var query = QueryHelpers.ParseQuery(string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")));
            RecordSearch.Parse(Signal.Traces, query, Now);
        });

    [Fact]
    public void Shorthands_and_filters_say_the_same()
    {
        var shorthand = Traces("service=goose&model=007&minDuration=1500&session=20261122_1&status=error");
        var longhand = Traces("field=service=goose&attr=gen_ai.request.model=\"007\"&field=duration>=1.5s&field=session=20261122_1&field=status=error");

        Assert.Equal(shorthand, longhand);
        Assert.Equal("service=goose&status=error&minDuration=1500ms&session=20261122_1&model=007", longhand.ToQueryString());
    }

    [Fact]
    public void Filters_become_the_conditions_of_a_store()
    {
        var search = Traces("name=reply&maxDuration=2s&attr=gen_ai.usage.input_tokens>100&attr=error.type!=timeout&attr=!goose.chat.purpose&resource=host.name~lap&field=!parent&limit=7");

        var query = search.ToQuery(RecordDetail.Columns);

        Assert.Equal(7, query.Limit);
        Assert.Equal(TimeRange.All, query.Range);
        Assert.Equal(
            [
                new(new RecordField.Name(), RecordOperator.Equal, AttributeValue.Of("reply")),
                new(new RecordField.DurationNanos(), RecordOperator.LessOrEqual, AttributeValue.Of(2_000_000_000)),
                new(new RecordField.Parent(), RecordOperator.Absent, default),
                new(new RecordField.OfRecord("gen_ai.usage.input_tokens"), RecordOperator.Greater, AttributeValue.Of(100)),
                new(new RecordField.OfRecord("error.type"), RecordOperator.NotEqual, AttributeValue.Of("timeout")),
                new(new RecordField.OfRecord("goose.chat.purpose"), RecordOperator.Absent, default),
                new(new RecordField.OfResource("host.name"), RecordOperator.Contains, AttributeValue.Of("lap")),
            ],
            query.Conditions);
    }

    [Fact]
    public void Values_are_numbers_truths_or_text_as_they_are_written()
    {
        static AttributeValue Value(string filter) => Traces($"attr={filter}").Filters.Single().Value;

        Assert.Equal(AttributeValue.Of(200), Value("a=200"));
        Assert.Equal(AttributeValue.Of("200"), Value("a=\"200\""));
        Assert.Equal(AttributeValue.Of(0.5), Value("a=0.5"));
        Assert.Equal(AttributeValue.Of(true), Value("a=true"));
        Assert.Equal(AttributeValue.Of("20261122_1"), Value("a=20261122_1"));
        Assert.Equal(AttributeValue.Of("007"), Value("a=007"));
        Assert.Equal(AttributeValue.Of("200"), Value("a~200"));
        Assert.Equal(AttributeValue.Of("x=y"), Value("a=x=y"));
    }

    [Fact]
    public void Chips_name_each_filter_and_know_the_search_without_it()
    {
        var search = Traces("service=goose&attr=error.type&start=now-6h");

        Assert.Equal(
            [
                ("start", ">=", "now-6h", "start now-6h", "service=goose&attr=error.type"),
                ("service.name", "=", "goose", "service.name = goose", "start=now-6h&attr=error.type"),
                ("error.type", "exists", "", "error.type exists", "start=now-6h&service=goose"),
            ],
            search.Chips.Select(chip => (chip.Field, chip.Operator, chip.Value, chip.Label, chip.Without)));
    }

    [Fact]
    public void A_search_carries_over_to_the_other_signal_as_far_as_it_can()
    {
        var traces = Traces("session=s1&status=error&model=gpt-4o&start=now-1h");

        Assert.Equal("start=now-1h&session=s1&model=gpt-4o", traces.For(Signal.Logs, Now).ToQueryString());
    }

    [Theory]
    [InlineData("sevice=goose", "unknown_parameter", "sevice", "did you mean service?")]
    [InlineData("field=nmae=x", "bad_parameter", "field", "did you mean name?")]
    [InlineData("field=severity>=warn", "bad_parameter", "field", "no field 'severity'")]
    [InlineData("status=bad", "bad_parameter", "status", "unset, ok, error")]
    [InlineData("minDuration=long", "bad_parameter", "minDuration", "500ms")]
    [InlineData("trace=xyz", "bad_parameter", "trace", "5b8aa5a2d2c872e8321cf37308d69df2")]
    [InlineData("attr=a>b", "bad_parameter", "attr", "numbers only")]
    [InlineData("attr==b", "bad_parameter", "attr", "gen_ai.request.model=gpt-4o")]
    [InlineData("attr=!a=b", "bad_parameter", "attr", "KEY!=VALUE")]
    [InlineData("attr=a=\"b", "bad_parameter", "attr", "quotes")]
    [InlineData("limit=0", "bad_parameter", "limit", "from 1 to 1000")]
    [InlineData("limit=1001", "bad_parameter", "limit", "from 1 to 1000")]
    [InlineData("start=soon", "bad_parameter", "start", "now-6h")]
    [InlineData("start=now&end=now-1h", "bad_parameter", "end", "before start")]
    [InlineData("service=a&service=b", "bad_parameter", "service", "once")]
    [InlineData("cursor=AAAA", "bad_cursor", "cursor", "nextCursor")]
    public void A_mistake_is_reported_with_what_would_work(string query, string code, string parameter, string advice)
    {
        var problem = Assert.Single(RecordSearch.Parse(Signal.Traces, Query(query), Now).Problems);

        Assert.Equal((code, parameter), (problem.Code, problem.Parameter));
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_left_out_and_the_rest_holds()
    {
        var result = RecordSearch.Parse(Signal.Traces, Query("service=goose&status=bad&limit=many"), Now);

        Assert.Equal(2, result.Problems.Count);
        Assert.Equal("service=goose", result.Search.ToQueryString());
    }

    [Fact]
    public void A_cursor_is_taken_by_its_own_search_only()
    {
        var search = Traces("service=goose");
        var cursor = new PageCursor(new RecordCursor(Now, 3), 17, [(5, Now - 1)]).Write(search.Hash);

        Assert.Equal(new RecordCursor(Now, 3), Traces($"service=goose&limit=9&cursor={cursor}").ToQuery(RecordDetail.Columns).After);
        Assert.Equal("bad_cursor", RecordSearch.Parse(Signal.Traces, Query($"service=geese&cursor={cursor}"), Now).Problems.Single().Code);
        Assert.Equal("bad_cursor", RecordSearch.Parse(Signal.Logs, Query($"service=goose&cursor={cursor}"), Now).Problems.Single().Code);
    }

    private static RecordSearch Traces(string query)
    {
        var result = RecordSearch.Parse(Signal.Traces, Query(query), Now);
        Assert.Empty(result.Problems);
        return result.Search;
    }

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Query(string text) => QueryHelpers.ParseQuery(text);
}
