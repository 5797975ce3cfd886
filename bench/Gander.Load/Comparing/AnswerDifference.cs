namespace Gander.Load.Comparing;

/// <summary>
/// How two answers differ. A quantile that falls on the very edge of a bucket may differ by the last digit of a sum, which
/// servers add up in orders of their own; therefore few differing samples are told from many.
/// </summary>
/// <param name="Samples">Samples in either answer.</param>
/// <param name="Differing">Those that differ or that only one has.</param>
/// <param name="First">The first of them.</param>
public sealed record AnswerDifference(int Samples, int Differing, string First)
{
    private const double FewOf = 1_000;

    /// <summary>Whether they are so few that the answers count as the same.</summary>
    public bool IsFew => Differing <= Samples / FewOf;
}
