using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Asks what sessions did. What is not asked for is not read.</summary>
/// <param name="Range">Sessions that overlap it are given, and rows of usage of the hours that overlap it.</param>
/// <param name="Calls">Whether their calls are needed.</param>
/// <param name="Usage">Whether their usage is needed. Rows that hold nothing but calls of tools are left out.</param>
/// <param name="Agent">Only sessions of this agent; null does not restrict.</param>
public sealed record ActivityQuery(TimeRange Range, bool Calls, bool Usage, string? Agent = null);
