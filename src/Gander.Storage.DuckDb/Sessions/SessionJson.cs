using System.Text.Json.Serialization;
using Gander.Sessions;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>How summaries are written in the file of sessions. Members that are added later have their defaults in what was written before.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionSummary))]
internal sealed partial class SessionJson : JsonSerializerContext;
