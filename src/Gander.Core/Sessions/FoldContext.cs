using Gander.Prices;

namespace Gander.Sessions;

/// <summary>What the fold takes beside telemetry.</summary>
/// <param name="NowNanos">The present, Unix nanoseconds: whether a session without an end may still be running.</param>
/// <param name="RunningNanos">How long after its last record a session without an end counts as running, nanoseconds.</param>
/// <param name="Prices">What tokens cost; null when nothing has a price.</param>
/// <param name="OnFault">Told of each session that a fault keeps from being folded, which then shows little more than that; null when the fault is to be thrown.</param>
public readonly record struct FoldContext(long NowNanos, long RunningNanos = 300_000_000_000, PriceTable? Prices = null, Action<SessionFault>? OnFault = null)
{
    /// <summary>What tokens cost.</summary>
    public PriceTable Table => Prices ?? PriceTable.Empty;
}
