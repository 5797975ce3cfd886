using System.Text;
using System.Text.Json;
using CsCheck;
using Gander.Prometheus.Answers;

namespace Gander.Tests.Prometheus.Answers;

public sealed class JsonBytesTests
{
    [Fact]
    public void A_text_reads_back_as_it_was() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['\0', '\u0080'], 0, 300])
            .Where(text => !text.Any(char.IsSurrogate))
            .Sample(text => JsonSerializer.Deserialize<string>(Written(json => json.Text(text))) == text);

    [Fact]
    public void Halves_of_surrogates_are_replaced() => Assert.Equal("\"a\ufffdb😀\"", Written(json => json.Text("a\udc00b😀")));

    [Fact]
    public void What_JSON_asks_for_is_escaped_and_nothing_else() =>
        Assert.Equal("\"<b>é'\\\"\\\\\\n\\t\\u0001\\u001f\"", Written(json => json.Text("<b>é'\"\\\n\t\u0001\u001f")));

    private static string Written(Action<JsonBytes> write)
    {
        using var json = new JsonBytes();
        write(json);
        return Encoding.UTF8.GetString(json.Written.Span);
    }
}
