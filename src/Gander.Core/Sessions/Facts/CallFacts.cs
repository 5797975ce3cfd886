using System.Runtime.CompilerServices;

namespace Gander.Sessions.Facts;

/// <summary>
/// What one log record or span tells of a call of a model or a tool, or of a person's prompt, whatever the agent names its
/// attributes. Strings are pooled and empty where there is none, numbers are -1 where there is none. Filled once by the
/// reader, completed by the dialect, and not changed after.
/// </summary>
internal sealed class CallFacts
{
    // Few calls do anything to code: the others have no room for it.
    private StrongBox<CodeChanges>? _changes;

    /// <summary>The agent's id of a tool call.</summary>
    public string CallId = "";

    /// <summary>The provider's id of a model request.</summary>
    public string RequestId = "";

    /// <summary>The agent's id of the person's prompt that all this follows.</summary>
    public string PromptId = "";

    /// <summary>The model.</summary>
    public string Model = "";

    /// <summary>The provider.</summary>
    public string Provider = "";

    /// <summary>The tool, as the agent names it.</summary>
    public string Tool = "";

    /// <summary>The MCP server of the tool.</summary>
    public string McpServer = "";

    /// <summary>The subagent that makes the call.</summary>
    public string Agent = "";

    /// <summary>What was decided about the call, as the agent says it: accept, reject and the like.</summary>
    public string Decision = "";

    /// <summary>Who decided.</summary>
    public string DecidedBy = "";

    /// <summary>The kind of failure.</summary>
    public string ErrorType = "";

    /// <summary>The sort of thing an event tells, for agents that put several under one name.</summary>
    public string EventKind = "";

    /// <summary>What a command of the agent itself was, where the prompt was one and not for the model.</summary>
    public string Command = "";

    /// <summary>The first line of a prompt, at most 200 characters; empty when it was not captured.</summary>
    public string Title = "";

    /// <summary>The e-mail address of the person.</summary>
    public string Email = "";

    /// <summary>The person's account at the agent's maker.</summary>
    public string Account = "";

    /// <summary>The organization there.</summary>
    public string Organization = "";

    /// <summary>A random id of the installation.</summary>
    public string Installation = "";

    /// <summary>Input tokens as sent.</summary>
    public long Input = -1;

    /// <summary>Output tokens as sent.</summary>
    public long Output = -1;

    /// <summary>Tokens read from a cache.</summary>
    public long CacheRead = -1;

    /// <summary>Tokens written to a cache.</summary>
    public long CacheWrite = -1;

    /// <summary>Those of them kept for five minutes.</summary>
    public long CacheWriteFiveMinutes = -1;

    /// <summary>Those of them kept for an hour.</summary>
    public long CacheWriteOneHour = -1;

    /// <summary>Reasoning tokens.</summary>
    public long Reasoning = -1;

    /// <summary>What the agent leaves out of <see cref="Input"/> and <see cref="Output"/>.</summary>
    public TokenCounting Counting;

    /// <summary>Reported cost, US dollars.</summary>
    public decimal? CostUsd;

    /// <summary>Length, nanoseconds.</summary>
    public long DurationNanos = -1;

    /// <summary>From the request to the first byte of the answer, nanoseconds.</summary>
    public long FirstByteNanos = -1;

    /// <summary>Whether it went well, where that is said.</summary>
    public bool? Success;

    /// <summary>The HTTP status of a model request.</summary>
    public long StatusCode = -1;

    /// <summary>The exit code of a tool's process.</summary>
    public long ExitCode = -1;

    /// <summary>How often the request was made, the last one included.</summary>
    public long Attempts = -1;

    /// <summary>Whether a person broke it off.</summary>
    public bool Interrupted;

    /// <summary>Whether the model asked for tools, so that the agent calls it again.</summary>
    public bool AsksForTools;

    /// <summary>Whether the texts of prompts, arguments or results were captured.</summary>
    public bool HasContent;

    /// <summary>What it did to code.</summary>
    public CodeChanges Changes
    {
        get => _changes?.Value ?? default;
        set => _changes = value == default ? null : new StrongBox<CodeChanges>(value);
    }

    /// <summary>How it went: what tells records apart that were written at one time for several calls of which they name none.</summary>
    public (long DurationNanos, bool Succeeded, string ErrorType) Outcome => (DurationNanos, Success == true, ErrorType);

    /// <summary>Whether it carries token numbers.</summary>
    public bool HasTokens => Input >= 0 || Output >= 0;

    /// <summary>The tokens by Gander's meaning: input with the cached ones, output with reasoning; null where there are none.</summary>
    public TokenUsage? Tokens
    {
        get
        {
            if (!HasTokens)
            {
                return null;
            }

            var (read, write, reasoning) = (Math.Max(0, CacheRead), Math.Max(0, CacheWrite), Math.Max(0, Reasoning));
            var cached = Counting.HasFlag(TokenCounting.InputWithoutCache) ? read + write : 0;
            var apart = Counting.HasFlag(TokenCounting.OutputWithoutReasoning) ? reasoning : 0;
            return new TokenUsage(Math.Max(0, Input) + cached, Math.Max(0, Output) + apart, read, write, reasoning)
            {
                CacheWriteFiveMinutes = Math.Max(0, CacheWriteFiveMinutes),
                CacheWriteOneHour = Math.Max(0, CacheWriteOneHour),
            };
        }
    }
}
