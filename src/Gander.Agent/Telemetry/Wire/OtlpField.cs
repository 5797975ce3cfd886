namespace Gander.Agent.Telemetry.Wire;

/// <summary>A field of an OTLP message: its number in protobuf and its name in JSON.</summary>
internal readonly record struct OtlpField(int Number, string Name);
