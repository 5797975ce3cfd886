namespace Gander.Api.Overview;

/// <summary>The measured times of one model's calls, nanoseconds.</summary>
internal sealed class ModelTimes
{
    /// <summary>From the request to the first byte of the answer.</summary>
    public List<long> FirstByteNanos { get; } = [];

    /// <summary>From the request to the last byte of the answer.</summary>
    public List<long> WholeNanos { get; } = [];

    /// <summary>All measurements.</summary>
    public int Count => FirstByteNanos.Count + WholeNanos.Count;
}
