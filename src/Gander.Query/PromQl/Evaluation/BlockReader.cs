namespace Gander.Query.PromQl.Evaluation;

/// <summary>Reads all series of an operator, for operators that need them together.</summary>
internal static class BlockReader
{
    public static List<StepBlock> ReadAll(VectorOperator vector, EvaluationContext context)
    {
        var blocks = new List<StepBlock>(vector.Series.Count);
        for (var i = 0; i < vector.Series.Count; i++)
        {
            context.Query.CancellationToken.ThrowIfCancellationRequested();
            var block = new StepBlock(context.Steps);
            vector.Read(i, block);
            blocks.Add(block);
        }

        return blocks;
    }
}
