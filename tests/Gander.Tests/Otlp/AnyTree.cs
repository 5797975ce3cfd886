using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gander.Telemetry;

namespace Gander.Tests.Otlp;

/// <summary>A value as a tree: what it looks like on the wire, and what the store is to hold of it.</summary>
internal abstract record AnyTree
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public sealed record Nothing : AnyTree;

    public sealed record Text(string Value) : AnyTree;

    public sealed record Whole(long Value) : AnyTree;

    public sealed record Real(double Value) : AnyTree;

    public sealed record Truth(bool Value) : AnyTree;

    public sealed record Raw(byte[] Value) : AnyTree;

    public sealed record List(IReadOnlyList<AnyTree> Items) : AnyTree;

    public sealed record Map(IReadOnlyList<(string Key, AnyTree Value)> Items) : AnyTree;

    public Wire Encode() => this switch
    {
        Nothing => new Wire(),
        Text text => new Wire().Field(1, System.Text.Encoding.UTF8.GetBytes(text.Value)),
        Truth truth => new Wire().Varint(2, truth.Value ? 1UL : 0, evenIfZero: true),
        Whole whole => new Wire().Varint(3, (ulong)whole.Value, evenIfZero: true),
        Real real => new Wire().Double(4, real.Value),
        List list => new Wire().Message(5, list.Items.Aggregate(new Wire(), (wire, item) => wire.Message(1, item.Encode()))),
        Map map => new Wire().Message(6, map.Items.Aggregate(new Wire(), (wire, item) => wire.Message(1, KeyValue(item.Key, item.Value)))),
        Raw raw => new Wire().Field(7, raw.Value),
        _ => throw new ArgumentException(ToString()),
    };

    public AttributeValue Stored => this switch
    {
        Nothing => default(AttributeValue) with { Text = "" },
        Text text => AttributeValue.Of(text.Value),
        Truth truth => AttributeValue.Of(truth.Value),
        Whole whole => AttributeValue.Of(whole.Value),
        Real real => AttributeValue.Of(real.Value),
        Raw raw => new AttributeValue(AttributeKind.Bytes, 0, Convert.ToBase64String(raw.Value)),
        List list => new AttributeValue(AttributeKind.Array, 0, Elements(list).ToJsonString(Relaxed)),
        Map map => new AttributeValue(AttributeKind.Map, 0, Elements(map).ToJsonString(Relaxed)),
        _ => throw new ArgumentException(ToString()),
    };

    /// <summary>What a log body of this value is kept as.</summary>
    public string BodyText => this switch
    {
        Truth truth => truth.Value ? "true" : "false",
        Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        Real real => real.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => Stored.Text,
    };

    public static Wire KeyValue(string key, AnyTree value) => new Wire().Text(1, key).Message(2, value.Encode());

    private static JsonArray Elements(List list) => new([.. list.Items.Select(item => item.Json())]);

    private static JsonArray Elements(Map map) => new([.. map.Items.Select(item => (JsonNode)new JsonObject { ["key"] = item.Key, ["value"] = item.Value.Json() })]);

    private JsonObject Json() => this switch
    {
        Nothing => new JsonObject(),
        Text text => new JsonObject { ["stringValue"] = text.Value },
        Truth truth => new JsonObject { ["boolValue"] = truth.Value },
        Whole whole => new JsonObject { ["intValue"] = whole.Value.ToString(CultureInfo.InvariantCulture) },
        Real real => new JsonObject { ["doubleValue"] = double.IsFinite(real.Value) ? real.Value : real.Value.ToString("R", CultureInfo.InvariantCulture) },
        Raw raw => new JsonObject { ["bytesValue"] = Convert.ToBase64String(raw.Value) },
        List list => new JsonObject { ["arrayValue"] = new JsonObject { ["values"] = Elements(list) } },
        Map map => new JsonObject { ["kvlistValue"] = new JsonObject { ["values"] = Elements(map) } },
        _ => throw new ArgumentException(ToString()),
    };
}
