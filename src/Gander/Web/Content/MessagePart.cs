namespace Gander.Web.Content;

/// <summary>One piece of a model's message: a closed set of cases.</summary>
public abstract record MessagePart
{
    private MessagePart()
    {
    }

    /// <summary>What the model said.</summary>
    /// <param name="Content">The text.</param>
    public sealed record Said(string Content) : MessagePart;

    /// <summary>What the model thought.</summary>
    /// <param name="Content">The text.</param>
    public sealed record Thought(string Content) : MessagePart;

    /// <summary>A tool the model asked for; the call itself is a step of its own.</summary>
    /// <param name="Name">The tool.</param>
    public sealed record AskedFor(string Name) : MessagePart;

    /// <summary>Anything else, as JSON.</summary>
    /// <param name="Type">What it calls itself.</param>
    /// <param name="Json">Its content.</param>
    public sealed record Other(string Type, string Json) : MessagePart;
}
