using System.Text.Json;
using System.Text.Json.Nodes;
using Gander.Agent.Loop;

namespace Gander.Tests.Agent.Loop;

public sealed class JsonArgumentsTests
{
    [Fact]
    public void Every_value_becomes_json()
    {
        var text = JsonArguments.Text(
        [
            new("none", null), new("word", "a\"b"), new("yes", true), new("few", 3), new("many", 1L << 60), new("part", 0.5), new("node", JsonNode.Parse("""{"a":[1]}""")),
            new("element", JsonElement.Parse("[true]")), new("not a number", double.NaN), new("endless", double.NegativeInfinity), new("sum", 1.5m),
        ]);

        Assert.Equal(
            """{"none":null,"word":"a\u0022b","yes":true,"few":3,"many":1152921504606846976,"part":0.5,"node":{"a":[1]},"element":[true],"not a number":"NaN","endless":"-Infinity","sum":"1.5"}""",
            text);
    }
}
