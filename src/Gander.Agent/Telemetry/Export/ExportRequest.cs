using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry.Export;

/// <summary>One OTLP request as it goes over the wire; sent again it has the same bytes, by which a receiver knows it.</summary>
/// <param name="Signal">What it holds.</param>
/// <param name="Body">The body, compressed where that is so; of gRPC without the frame around it.</param>
/// <param name="IsGzipped">Whether the body is compressed.</param>
internal sealed record ExportRequest(Signal Signal, byte[] Body, bool IsGzipped);
