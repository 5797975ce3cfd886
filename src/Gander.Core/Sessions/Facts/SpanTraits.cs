namespace Gander.Sessions.Facts;

/// <summary>What a span says about itself, beyond names and numbers.</summary>
[Flags]
internal enum SpanTraits : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It carries token numbers.</summary>
    HasUsage = 1,

    /// <summary>A model answered: it carries the response's model, id or finish reasons, or tokens.</summary>
    Answered = 2,

    /// <summary>It carries attributes of the GenAI conventions.</summary>
    SpeaksGenAi = 4,

    /// <summary>The texts of prompts, arguments or results were captured on it.</summary>
    HasContent = 8,

    /// <summary>Its captured result says that the tool failed.</summary>
    OutputSaysError = 16,

    /// <summary>Its captured result says that the tool worked.</summary>
    OutputSaysOk = 32,

    /// <summary>It lasts as long as the thing it names, although its name would not promise that.</summary>
    WholeCall = 64,
}
