using Gander.Agent.Providers;
using Gander.Agent.Sessions;

namespace Gander.Agent.Loop;

/// <summary>Something that happened in a turn, in the order it happened. The last event of every turn is <see cref="TurnEnded"/>.</summary>
public abstract record AgentEvent
{
    private AgentEvent()
    {
    }

    /// <summary>A piece of the answer.</summary>
    /// <param name="MessageId">The answer it belongs to.</param>
    /// <param name="Text">The piece, never empty.</param>
    public sealed record TextDelta(string MessageId, string Text) : AgentEvent;

    /// <summary>A piece of the model's reasoning, from models that show it.</summary>
    /// <param name="MessageId">The answer it belongs to.</param>
    /// <param name="Text">The piece, never empty.</param>
    public sealed record ReasoningDelta(string MessageId, string Text) : AgentEvent;

    /// <summary>A message is whole and stored. Text of an answer came in pieces before.</summary>
    /// <param name="Message">The message.</param>
    public sealed record MessageAdded(SessionMessage Message) : AgentEvent;

    /// <summary>A call begins to run. Calls that were refused, or that name no tool, begin and end at once.</summary>
    /// <param name="CallId">The model's name for the call.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="Arguments">What the model gave; null where that was no JSON object.</param>
    public sealed record ToolCallStarted(string CallId, string Name, IReadOnlyDictionary<string, object?>? Arguments) : AgentEvent;

    /// <summary>A call is done.</summary>
    /// <param name="CallId">The model's name for the call.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="Result">What the model will see.</param>
    /// <param name="Duration">How long the tool ran.</param>
    public sealed record ToolCallEnded(string CallId, string Name, ToolResult Result, TimeSpan Duration) : AgentEvent;

    /// <summary>A model call is done and in the ledger.</summary>
    /// <param name="Call">Tokens, cost and times.</param>
    public sealed record ModelCallEnded(ModelCall Call) : AgentEvent;

    /// <summary>The provider failed in a way that may pass; the call is made again after the delay.</summary>
    /// <param name="Attempt">Which retry this will be, from 1.</param>
    /// <param name="MaxAttempts">How many there may be.</param>
    /// <param name="Delay">The wait before it.</param>
    /// <param name="Error">What happened.</param>
    public sealed record Retrying(int Attempt, int MaxAttempts, TimeSpan Delay, ProviderException Error) : AgentEvent;

    /// <summary>The conversation comes near the model's limit and is being summed up.</summary>
    /// <param name="Tokens">The size of the conversation in tokens, as far as known.</param>
    /// <param name="Limit">The model's limit.</param>
    public sealed record CompactionStarted(long Tokens, long Limit) : AgentEvent;

    /// <summary>The model now sees a summary in place of the older messages, which stay stored.</summary>
    /// <param name="MessagesReplaced">How many messages the summary stands for.</param>
    public sealed record CompactionEnded(int MessagesReplaced) : AgentEvent;

    /// <summary>The turn is over.</summary>
    /// <param name="Outcome">How, and what it took.</param>
    public sealed record TurnEnded(TurnOutcome Outcome) : AgentEvent;
}
