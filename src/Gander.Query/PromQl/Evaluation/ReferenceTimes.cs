namespace Gander.Query.PromQl.Evaluation;

/// <summary>The time a selector looks at for each step: the step's own, moved by an offset, or a fixed one.</summary>
/// <param name="FirstMillis">The time for the first step.</param>
/// <param name="StepMillis">The distance between steps; 0 for a fixed time.</param>
internal readonly record struct ReferenceTimes(long FirstMillis, long StepMillis)
{
    public bool IsFixed => StepMillis == 0;

    public long this[int step] => FirstMillis + (step * StepMillis);
}
