namespace Gander.Query.PromQl.Evaluation;

/// <summary>How values of a group become one; a struct, so that loops are compiled for each operation.</summary>
internal interface IFoldOperation
{
    /// <summary>Whether native histograms are passed over, which is told; otherwise they count as any value.</summary>
    static abstract bool IgnoresHistograms { get; }

    /// <summary>The state after the first value.</summary>
    static abstract double First(double value);

    /// <summary>The state after one more value.</summary>
    static abstract double Next(double state, double value);

    /// <summary>The state of two sets of values, each with at least one.</summary>
    static abstract double Merge(double state, double other);
}
