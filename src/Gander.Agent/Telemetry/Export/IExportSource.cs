using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Export;

/// <summary>What one signal has collected. Thread-safe, but requests are taken by one thread.</summary>
internal interface IExportSource
{
    /// <summary>Whether an end of the process would lose something.</summary>
    bool HasPending { get; }

    /// <summary>Takes and writes the next request, or null when nothing is left for now.</summary>
    byte[]? TakeRequest(Func<OtlpWriter> writer);
}
