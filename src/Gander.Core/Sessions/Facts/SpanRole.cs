namespace Gander.Sessions.Facts;

/// <summary>What a span means for its session, as its agent's dialect reads it.</summary>
internal enum SpanRole : byte
{
    /// <summary>Nothing of its own: it only links its children to its parent.</summary>
    Other,

    /// <summary>Nothing at all, not even a link between others: it is forgotten at once, so that an agent's internals cost no memory.</summary>
    Noise,

    /// <summary>Carries several sessions, such as a client's connection, and belongs to none.</summary>
    Carrier,

    /// <summary>One user message and all that follows.</summary>
    Turn,

    /// <summary>The agent's loop inside a turn.</summary>
    Loop,

    /// <summary>A model call from the request to the last byte.</summary>
    Model,

    /// <summary>A span inside the time of a model call that tells more of it, such as its tokens.</summary>
    ModelPart,

    /// <summary>A model call from the request to the first byte.</summary>
    FirstByte,

    /// <summary>A model call that shortens the conversation and belongs to no loop.</summary>
    Compaction,

    /// <summary>A tool call as long as the tool runs.</summary>
    Tool,

    /// <summary>A tool call until it was handed over.</summary>
    Dispatch,

    /// <summary>The part of a tool call in which the tool runs; a child of its tool call.</summary>
    ToolRun,

    /// <summary>The part of a tool call in which a person is asked; a child of its tool call.</summary>
    Wait,

    /// <summary>One HTTP request of a model call; a child of it.</summary>
    Attempt,

    /// <summary>A person's prompt being taken in: a turn begins with it and lasts longer.</summary>
    Prompt,
}
