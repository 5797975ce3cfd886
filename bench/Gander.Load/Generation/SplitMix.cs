namespace Gander.Load.Generation;

/// <summary>The SplitMix64 generator: small, fast, and the same numbers for the same seed on every machine.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Finish(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number in [0, <paramref name="bound"/>).</summary>
    public int Below(int bound) => (int)((Next() >> 33) % (ulong)bound);

    /// <summary>A number in [0, 1).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True once in <paramref name="n"/> times.</summary>
    public bool OneIn(int n) => Below(n) == 0;

    /// <summary>An index in [0, <paramref name="count"/>) where small ones are far more frequent, as users and repositories are.</summary>
    public int Skewed(int count) => Math.Min(count - 1, (int)(count * Math.Pow(Fraction(), 3)));

    /// <summary>A bijection of 64-bit numbers in which neighbours look unrelated.</summary>
    public static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The inverse of <see cref="Finish"/>.</summary>
    public static ulong Unfinish(ulong value)
    {
        value = (value ^ (value >> 31) ^ (value >> 62)) * 0x319642B2D24D8EC3;
        value = (value ^ (value >> 27) ^ (value >> 54)) * 0x96DE1B173F119089;
        return value ^ (value >> 30) ^ (value >> 60);
    }
}
