namespace Gander.EndToEnd.Harness;

/// <summary>One series of an answer.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Values">Its values in order of time.</param>
internal sealed record PromQlSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<double> Values)
{
    /// <summary>How much a counter grew over all values, counting a fall as a restart from zero; the first value is where it begins.</summary>
    public double Growth => Values.Zip(Values.Skip(1)).Sum(step => step.Second >= step.First ? step.Second - step.First : step.Second);

    public override string ToString() => $"{{{string.Join(", ", Labels.Select(label => $"{label.Key}={label.Value}"))}}} {string.Join(' ', Values)}";
}
