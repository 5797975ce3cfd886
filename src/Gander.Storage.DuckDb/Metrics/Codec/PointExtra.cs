namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>What few points have: flags that are not zero, and exemplars.</summary>
/// <param name="Index">The point's row in its columns.</param>
/// <param name="Flags">The <c>flags</c> field.</param>
/// <param name="Exemplars">As <see cref="ExemplarBytes"/> writes them, or empty.</param>
internal readonly record struct PointExtra(int Index, uint Flags, byte[] Exemplars);
