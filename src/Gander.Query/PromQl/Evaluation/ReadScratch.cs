using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Memory that one reader of operators uses again and again. Not thread-safe: each worker has its own.</summary>
internal sealed class ReadScratch
{
    private Samples[] _samples = [];
    private StepBlock[] _blocks = [];
    private int _steps;
    private ReadScratch? _inner;

    /// <summary>The scratch for what is read while this one is in use.</summary>
    public ReadScratch Inner => _inner ??= new ReadScratch();

    /// <summary>Buffers for samples; good until the next call.</summary>
    public Memory<Samples> Samples(int count)
    {
        var had = _samples.Length;
        if (had < count)
        {
            Array.Resize(ref _samples, count);
            for (var i = had; i < count; i++)
            {
                _samples[i] = new Samples();
            }
        }

        return _samples.AsMemory(0, count);
    }

    /// <summary>Blocks of so many steps; good until the next call.</summary>
    public Memory<StepBlock> Blocks(int count, int steps)
    {
        if (steps != _steps)
        {
            (_blocks, _steps) = ([], steps);
        }

        var had = _blocks.Length;
        if (had < count)
        {
            Array.Resize(ref _blocks, count);
            for (var i = had; i < count; i++)
            {
                _blocks[i] = new StepBlock(steps);
            }
        }

        return _blocks.AsMemory(0, count);
    }
}
