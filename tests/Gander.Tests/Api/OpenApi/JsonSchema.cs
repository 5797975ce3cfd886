using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gander.Tests.Api.OpenApi;

/// <summary>Checks JSON against the part of JSON Schema that the API's description uses; any other word in a schema is an error.</summary>
public sealed class JsonSchema(JsonElement document)
{
    /// <summary>What does not fit, each with its place; empty when all does.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value, string at = "$")
    {
        var problems = new List<string>();
        foreach (var rule in schema.EnumerateObject())
        {
            problems.AddRange(CheckRule(rule, schema, value, at));
        }

        return problems;
    }

    private IEnumerable<string> CheckRule(JsonProperty rule, JsonElement schema, JsonElement value, string at) => rule.Name switch
    {
        "description" or "format" => [],
        "$ref" => Check(Resolve(rule.Value.GetString()!), value, at),
        "type" => HasType(rule.Value, value) ? [] : [$"{at}: {value.ValueKind} is not {rule.Value}"],
        "enum" => rule.Value.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)) ? [] : [$"{at}: {value} is none of {rule.Value}"],
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.Value.GetString()!) ? [] : [$"{at}: {value} is not like {rule.Value}"],
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble() ? [] : [$"{at}: {value} is below {rule.Value}"],
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.Value.GetDouble() ? [] : [$"{at}: {value} is above {rule.Value}"],
        "required" when value.ValueKind == JsonValueKind.Object =>
            rule.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: {name} is missing"),
        "properties" when value.ValueKind == JsonValueKind.Object =>
            rule.Value.EnumerateObject().Where(member => value.TryGetProperty(member.Name, out _)).SelectMany(member => Check(member.Value, value.GetProperty(member.Name), $"{at}.{member.Name}")),
        "additionalProperties" when value.ValueKind == JsonValueKind.Object => Extra(schema, rule.Value, value, at),
        "items" when value.ValueKind == JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Check(rule.Value, item, $"{at}[{index}]")),
        "required" or "properties" or "additionalProperties" or "items" => [],
        "allOf" => rule.Value.EnumerateArray().SelectMany(part => Check(part, value, at)),
        "anyOf" => rule.Value.EnumerateArray().Any(part => Check(part, value, at).Count == 0) ? [] : [$"{at}: {value} fits none of {rule.Value}"],
        _ => [$"{at}: the schema says '{rule.Name}', which is not understood"],
    };

    private IEnumerable<string> Extra(JsonElement schema, JsonElement allowed, JsonElement value, string at)
    {
        var extra = value.EnumerateObject().Where(member => !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _)));
        return allowed.ValueKind == JsonValueKind.False
            ? extra.Select(member => $"{at}: {member.Name} is not in the schema")
            : extra.SelectMany(member => Check(allowed, member.Value, $"{at}.{member.Name}"));
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/')[1..].Aggregate(document, (element, name) => element.GetProperty(name));

    private static bool HasType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => HasType(one, value))
        : type.GetString() switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "string" => value.ValueKind == JsonValueKind.String,
            "array" => value.ValueKind == JsonValueKind.Array,
            _ => value.ValueKind == JsonValueKind.Object,
        };
}
