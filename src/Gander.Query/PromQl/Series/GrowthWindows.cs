namespace Gander.Query.PromQl.Series;

/// <summary>Windows of one length, open on the left and closed on the right as PromQL has them, whose ends lie a step apart.</summary>
/// <param name="FirstEndMillis">The end of the first window, Unix milliseconds.</param>
/// <param name="StepMillis">The distance between ends, 0 or more.</param>
/// <param name="LengthMillis">The length of each window.</param>
/// <param name="Count">How many windows there are.</param>
public readonly record struct GrowthWindows(long FirstEndMillis, long StepMillis, long LengthMillis, int Count)
{
    /// <summary>The end of a window, Unix milliseconds.</summary>
    public long End(int window) => FirstEndMillis + (window * StepMillis);
}
