using CsCheck;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

public sealed class LabelIndexTests
{
    private static readonly string[] Names = ["__name__", "a", "b"];
    private static readonly string[] Values = ["", "x", "y", "xy", "yx", "x.y"];
    private static readonly string[] Patterns = ["x|y", "", ".*", ".+", "x.*", ".*y", ".*x.*", "x\\.y", "(x|y)+", "[xy]", "|x", "a|b"];

    [Fact]
    public void Any_matchers_find_what_looking_at_each_series_finds()
    {
        var labels = OneOf(Values).Array[3].Select(values => Labels.Of(Names.Zip(values, KeyValuePair.Create)));
        var matcher = Gen.Select(OneOf([.. Names, "absent"]), Gen.Enum<MatchOperator>(), OneOf(Values), OneOf(Patterns))
            .Select((name, operation, value, pattern) => new LabelMatcher(name, operation, operation is MatchOperator.Equal or MatchOperator.NotEqual ? value : pattern));
        Gen.Select(labels.Array[0, 60].Select(sets => sets.Distinct().ToArray()), matcher.Array[0, 4]).Sample((series, matchers) =>
        {
            var index = IndexOf(series);

            var found = index.Find([.. matchers.Select(each => new LabelTest(each))]);

            var expected = Enumerable.Range(0, index.Rows.Count).Where(row => matchers.All(each => Matches(each, index.Rows[row].Labels[each.Label])));
            return found.SequenceEqual(expected);
        });
    }

    [Fact]
    public void Equal_names_and_values_are_one_string()
    {
        var index = new LabelIndex();

        Assert.Same(index.Share("a", new string("x".AsSpan())), index.Share("a", new string("x".AsSpan())));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static LabelIndex IndexOf(IEnumerable<Labels> series)
    {
        var index = new LabelIndex();
        foreach (var labels in series)
        {
            var shared = Labels.Of(labels.Pairs().Select(pair => KeyValuePair.Create(pair.Key, index.Share(pair.Key, pair.Value))));
            index.Add(new SeriesRow(shared, default));
        }

        return index;
    }

    private static bool Matches(LabelMatcher matcher, string value) => matcher.Operator switch
    {
        MatchOperator.Equal => value == matcher.Value,
        MatchOperator.NotEqual => value != matcher.Value,
        MatchOperator.Matches => LabelPattern.Compile(matcher.Value).IsMatch(value),
        _ => !LabelPattern.Compile(matcher.Value).IsMatch(value),
    };
}
