using System.Text;
using System.Text.Json;
using Gander.Agent.Providers;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Puts the pieces of a stream together.</summary>
internal sealed class AnswerParts
{
    private readonly List<AIContent> _contents = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private TextReasoningContent? _lastReasoning;

    /// <summary>Whether anything came yet that a person may have seen.</summary>
    public bool HasBegun => _contents.Count > 0 || _text.Length > 0 || _reasoning.Length > 0;

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; private set; }

    /// <summary>The model that answers.</summary>
    public string? Model { get; private set; }

    /// <summary>Why the answer ended.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The tokens, where the provider told any.</summary>
    public ModelUsage? Usage { get; private set; }

    /// <summary>Takes a piece.</summary>
    public void Add(ChatResponseUpdate update)
    {
        ResponseId ??= update.ResponseId;
        Model ??= update.ModelId;
        FinishReason = update.FinishReason?.Value ?? FinishReason;
        foreach (var content in update.Contents)
        {
            Add(content);
        }
    }

    /// <summary>The parts so far, in order.</summary>
    public IReadOnlyList<AIContent> Finish()
    {
        EndText();
        EndReasoning();
        return Tidy(_contents);
    }

    /// <summary>The figures of a provider in our terms; null where it told none.</summary>
    public static ModelUsage? Convert(UsageDetails? details) => details is null || (details.InputTokenCount ?? details.OutputTokenCount) is null
        ? null
        : new ModelUsage(
            details.InputTokenCount ?? 0,
            details.OutputTokenCount ?? 0,
            details.CachedInputTokenCount ?? 0,
            details.AdditionalCounts?.GetValueOrDefault(AnthropicChatClient.CacheWriteTokens) ?? 0,
            details.ReasoningTokenCount ?? 0);

    /// <summary>Leaves what a conversation keeps, with an id of its own for every call.</summary>
    public static IReadOnlyList<AIContent> Tidy(IEnumerable<AIContent> contents)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var tidy = new List<AIContent>();
        foreach (var content in contents)
        {
            switch (content)
            {
                case FunctionCallContent call:
                    var id = call.CallId is { Length: > 0 } given && ids.Add(given) ? given : $"call_{Guid.NewGuid():N}";
                    ids.Add(id);
                    var problem = call.Exception is null ? BrokenText(call) : (call.Exception.InnerException ?? call.Exception).Message;
                    tidy.Add(new FunctionCallContent(id, call.Name, (problem is null ? call.Arguments : null) ?? new Dictionary<string, object?>(StringComparer.Ordinal))
                    {
                        Exception = problem is null ? null : new JsonException(problem),
                    });
                    break;
                case TextContent { Text.Length: > 0 } or TextReasoningContent:
                    tidy.Add(content);
                    break;
            }
        }

        return tidy;
    }

    // JSON allows an escape for half of a letter, and no text can hold it: whoever reads such an argument later would fail.
    private static string? BrokenText(FunctionCallContent call)
    {
        try
        {
            JsonArguments.Text(call.Arguments);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return "A text in them has an escape from \\ud800 to \\udfff without its other half.";
        }
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case UsageContent usage:
                Usage = Convert(usage.Details) ?? Usage;
                break;
            case TextContent text:
                EndReasoning();
                _text.Append(text.Text);
                break;
            case TextReasoningContent reasoning:
                EndText();
                _reasoning.Append(reasoning.Text);
                _lastReasoning = Merge(_lastReasoning, reasoning);
                break;
            default:
                EndText();
                EndReasoning();
                _contents.Add(content);
                break;
        }
    }

    // The signature and the id of a thought come with some of its pieces.
    private static TextReasoningContent Merge(TextReasoningContent? before, TextReasoningContent piece) => new("")
    {
        ProtectedData = piece.ProtectedData ?? before?.ProtectedData,
        AdditionalProperties = piece.AdditionalProperties ?? before?.AdditionalProperties,
    };

    private void EndText()
    {
        if (_text.Length > 0)
        {
            _contents.Add(new TextContent(_text.ToString()));
            _text.Clear();
        }
    }

    private void EndReasoning()
    {
        if (_lastReasoning is { } last)
        {
            _contents.Add(new TextReasoningContent(_reasoning.ToString()) { ProtectedData = last.ProtectedData, AdditionalProperties = last.AdditionalProperties });
            _reasoning.Clear();
            _lastReasoning = null;
        }
    }
}
