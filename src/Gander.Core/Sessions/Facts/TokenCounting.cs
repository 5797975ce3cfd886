namespace Gander.Sessions.Facts;

/// <summary>What an agent leaves out of the token numbers it sends under the names of the whole.</summary>
[Flags]
internal enum TokenCounting : byte
{
    /// <summary>Nothing: input includes cached tokens, output includes reasoning.</summary>
    Whole = 0,

    /// <summary>Input is sent without what was read from a cache or written to one.</summary>
    InputWithoutCache = 1,

    /// <summary>Output is sent without reasoning.</summary>
    OutputWithoutReasoning = 2,
}
