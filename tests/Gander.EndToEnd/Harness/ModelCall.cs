using System.Text.Json;

namespace Gander.EndToEnd.Harness;

/// <summary>One model call as the model server saw it.</summary>
/// <param name="Model">The model asked for.</param>
/// <param name="Status">The HTTP status answered.</param>
/// <param name="Input">Input tokens, cached ones included; 0 where no usage was given.</param>
/// <param name="Output">Output tokens.</param>
/// <param name="CacheRead">Input tokens that came from the cache.</param>
internal sealed record ModelCall(string Model, int Status, long Input, long Output, long CacheRead)
{
    public static ModelCall Read(JsonElement call)
    {
        var usage = call.GetProperty("usage");
        return new ModelCall(call.GetProperty("model").GetString()!, call.GetProperty("status").GetInt32(), Tokens(0), Tokens(1), Tokens(2));

        long Tokens(int index) => usage.ValueKind == JsonValueKind.Array && usage.GetArrayLength() > index ? usage[index].GetInt64() : 0;
    }
}
