namespace Gander.Telemetry;

/// <summary>The kinds of an OTLP <c>AnyValue</c> (opentelemetry/proto/common/v1/common.proto).</summary>
public enum AttributeKind : byte
{
    /// <summary>An <c>AnyValue</c> with no member set.</summary>
    Empty,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>A 64-bit signed integer.</summary>
    Int,

    /// <summary>A 64-bit float; its bits are kept exactly.</summary>
    Double,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Raw bytes, held as their base64 text (standard alphabet, padded).</summary>
    Bytes,

    /// <summary>An array, held as OTLP/JSON text of its <c>values</c>: <c>[{"intValue":"1"},…]</c>.</summary>
    Array,

    /// <summary>A map, held as OTLP/JSON text of its <c>values</c>: <c>[{"key":"a","value":{…}},…]</c>.</summary>
    Map,
}
