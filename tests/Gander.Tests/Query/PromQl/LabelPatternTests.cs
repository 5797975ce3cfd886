using System.Diagnostics;
using CsCheck;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl;

public sealed class LabelPatternTests
{
    [Theory]
    [InlineData("abc", "abc", "ab,abcd,xabc,")]
    [InlineData("a|b|", "a,b,", "ab,c")]
    [InlineData("ab.*", "ab,abc,ab\ncd", "a,xab")]
    [InlineData(".*bc", "bc,abc,\nbc", "bcd")]
    [InlineData(".*b.*", "b,abc", "ac,")]
    [InlineData(".+", "a,\n", "")]
    [InlineData(".*", "a,", "-")]
    [InlineData("a.+b.*c", "axbc,axxbyyc,a\nbc", "abc,axb")]
    [InlineData("(api|web)-(a|b)", "api-a,web-b", "api-,a")]
    [InlineData("x(1|2).*", "x1,x2y", "x,x3")]
    [InlineData("a\\.b", "a.b", "axb")]
    [InlineData("5..", "500,5xx", "50,5000")]
    [InlineData("\\d+", "1,42", "x,١")]
    [InlineData("\\w+", "a_1", "ä,a b")]
    [InlineData("\\s", " ,\t", "\u00a0,x")]
    [InlineData("[^a]", "b,\n,😀", "a,bb")]
    [InlineData(".", "x,😀,\n", "xx,")]
    [InlineData("[[:alpha:]]+", "abc", "ab1,ä")]
    [InlineData("[\\d_]+", "1_2", "a")]
    [InlineData("\\pL+", "aä", "1")]
    [InlineData("\\Qa.b\\E+", "a.b,a.bb", "axb")]
    [InlineData("\\x41\\x{42}\\103", "ABC", "abc")]
    [InlineData("(?i)abc", "ABC,aBc", "ab")]
    [InlineData("(?i:a)b", "Ab,ab", "aB")]
    [InlineData("a$", "a", "a\n")]
    [InlineData("(?m)a$\nb", "a\nb", "ab")]
    [InlineData("(?P<name>a)", "a", "b")]
    [InlineData("a{2,3}", "aa,aaa", "a,aaaa")]
    [InlineData("a{,3}", "a{\\,3}", "a,aa")]
    [InlineData("a#b c", "a#b c", "a")]
    [InlineData("\\_\\-\\/", "_-/", "x")]
    public void Patterns_mean_what_they_mean_in_RE2(string pattern, string matching, string others)
    {
        var label = LabelPattern.Parse(pattern);

        Assert.All(Values(matching), value => Assert.True(label.IsMatch(value), $"{pattern} should match \"{value}\""));
        Assert.All(others == "-" ? [] : Values(others), value => Assert.False(label.IsMatch(value), $"{pattern} should not match \"{value}\""));
    }

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(a)\\1")]
    [InlineData("a**")]
    [InlineData("a{1001}")]
    [InlineData("[a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("\\")]
    [InlineData("\\y")]
    [InlineData("[z-a]")]
    [InlineData("*")]
    [InlineData("\\Z")]
    public void What_RE2_does_not_know_is_refused(string pattern)
    {
        Assert.False(LabelPattern.TryParse(pattern, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_choice_of_texts_can_be_listed()
    {
        Assert.Equal(["a", "b1", "b2"], LabelPattern.Parse("a|b(1|2)").Literals!.Order(StringComparer.Ordinal));
        Assert.Null(LabelPattern.Parse("a|b.*").Literals);
    }

    [Fact]
    public void Patterns_matched_without_a_regular_expression_match_the_same()
    {
        var text = Gen.Char["ab."].Array[0, 3].Select(letters => new string(letters).Replace(".", "\\.", StringComparison.Ordinal));
        var part = Gen.OneOf(text, Gen.Const(".*"), Gen.Const(".+"), Gen.Select(text, text, (one, other) => $"({one}|{other})"));
        var pattern = Gen.Select(part.Array[0, 5], part.Array[0, 3], (one, other) => $"{string.Concat(one)}|{string.Concat(other)}");
        var value = Gen.Char["ab.\n"].Array[0, 8].Select(letters => new string(letters));

        Gen.Select(pattern, value.Array[1, 10]).Sample((tested, values) =>
        {
            var fast = LabelPattern.Parse(tested);
            var plain = LabelPattern.Compile(tested);
            return values.All(one => fast.IsMatch(one) == plain.IsMatch(one));
        });
    }

    [Fact]
    public void Matching_takes_time_linear_in_the_value()
    {
        var pattern = LabelPattern.Parse("(x+x+)+y");
        var value = new string('x', 20_000);
        var started = Stopwatch.GetTimestamp();

        Assert.False(pattern.IsMatch(value));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    private static IEnumerable<string> Values(string list) =>
        list.Replace("\\,", "\u0001", StringComparison.Ordinal).Split(',').Select(value => value.Replace('\u0001', ','));
}
