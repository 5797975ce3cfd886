namespace Gander.Load.Generation;

/// <summary>
/// Names every generated record: the run in the upper 16 bits and its number in the lower 48, mixed so that span ids look as
/// random (and compress as badly) as real ones, and yet whoever reads a store back can tell which record each one is.
/// </summary>
/// <param name="Run">Which run made it, 1 to 65,535.</param>
/// <param name="Number">The record's number in the run, from 0.</param>
public readonly record struct RecordId(ushort Run, long Number)
{
    private const int NumberBits = 48;

    /// <summary>The span id that stands for it; never 0.</summary>
    public ulong ToSpanId() => SplitMix.Finish(((ulong)Run << NumberBits) | (ulong)Number);

    /// <summary>The record that <paramref name="spanId"/> stands for.</summary>
    public static RecordId FromSpanId(ulong spanId)
    {
        var value = SplitMix.Unfinish(spanId);
        return new RecordId((ushort)(value >> NumberBits), (long)(value & ((1UL << NumberBits) - 1)));
    }
}
