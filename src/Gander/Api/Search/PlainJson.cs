using System.Text.Json.Serialization;

namespace Gander.Api.Search;

[JsonSerializable(typeof(string))]
internal sealed partial class PlainJson : JsonSerializerContext;
