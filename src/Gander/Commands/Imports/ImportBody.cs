using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>One OTLP request body found in a file.</summary>
/// <param name="Place">The file, and the line where it is one of several.</param>
/// <param name="Signal">What it carries.</param>
/// <param name="IsJson">Whether it is JSON; else protobuf.</param>
/// <param name="Bytes">The body, unpacked.</param>
internal sealed record ImportBody(string Place, Signal Signal, bool IsJson, ReadOnlyMemory<byte> Bytes);
