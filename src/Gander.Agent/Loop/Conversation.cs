using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>The messages of a session. Each is stored before it counts.</summary>
internal sealed class Conversation
{
    // Near enough for English and code; used only until a provider has counted.
    private const int CharactersPerToken = 4;
    private const int TokensPerImage = 1_500;

    private readonly List<SessionMessage> _messages;
    private readonly SessionStore? _store;
    private readonly TimeProvider _time;
    private long _counted;
    private int _countedMessages;

    public Conversation(string sessionId, SessionStore? store, IReadOnlyList<SessionMessage> history, TimeProvider time)
    {
        (SessionId, _store, _messages, _time) = (sessionId, store, [.. history], time);
        CloseOpenCalls();
    }

    public string SessionId { get; }

    public IReadOnlyList<SessionMessage> Messages => _messages;

    /// <summary>What the model sees, oldest first; a summary stands before what it does not replace.</summary>
    public IEnumerable<SessionMessage> Visible => _messages.Where(message => message is { AgentVisible: true, UserVisible: false }).Concat(_messages.Where(message => message is { AgentVisible: true, UserVisible: true }));

    /// <summary>How many tokens the model would see, as far as can be known.</summary>
    public long Tokens => _counted + (_messages.Skip(_countedMessages).Where(message => message.AgentVisible).Sum(message => Characters(message.Content)) / CharactersPerToken);

    public static long Estimate(IEnumerable<SessionMessage> messages) => messages.Sum(message => Characters(message.Content)) / CharactersPerToken;

    public SessionMessage Add(ChatRole role, IReadOnlyList<AIContent> contents, string? id = null, ModelConnection? model = null)
    {
        // A provider may use an id twice, and compaction goes by it.
        var own = id is null || _messages.Exists(message => message.Id == id) ? ModelCaller.NewId() : id;
        var message = new SessionMessage(own, _time.GetUtcNow(), new ChatMessage(role, [.. contents]) { MessageId = own }) { Provider = model?.Provider, Model = model?.Model };
        _store?.Append(SessionId, message);
        _messages.Add(message);
        return message;
    }

    public void Record(ModelCall call)
    {
        _store?.Record(SessionId, call);
        if (call is { Purpose: ModelCallPurpose.Reply, Usage: { } usage })
        {
            (_counted, _countedMessages) = (usage.InputTokens, _messages.Count);
        }
    }

    /// <summary>Lets the model see a summary in place of everything but <paramref name="kept"/>.</summary>
    public void Compact(string summary, IReadOnlyCollection<SessionMessage> kept)
    {
        var ids = kept.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        var message = new SessionMessage(ModelCaller.NewId(), _time.GetUtcNow(), new ChatMessage(ChatRole.User, summary)) { UserVisible = false };
        _store?.Compact(SessionId, message, ids);
        Replace(other => other with { AgentVisible = ids.Contains(other.Id) });
        _messages.Add(message);
    }

    public void Clear()
    {
        _store?.Clear(SessionId);
        Replace(message => message with { AgentVisible = false, UserVisible = false });
    }

    public void Rename(string title) => _store?.Rename(SessionId, title, onlyIfUnnamed: true);

    /// <summary>The conversation for a provider. Thoughts of another provider are left out: they are signed, and no other can read them.</summary>
    public List<ChatMessage> For(string provider) =>
        [.. Visible.Select(message => message.Provider is null || message.Provider == provider ? message.Content : WithoutThoughts(message.Content)).Where(message => message.Contents.Count > 0)];

    private static ChatMessage WithoutThoughts(ChatMessage message) => new(message.Role, [.. message.Contents.Where(part => part is not TextReasoningContent)]);

    private static long Characters(ChatMessage message) => message.Contents.Sum(part => part switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent reasoning => reasoning.Text.Length,
        FunctionCallContent call => call.Name.Length + JsonArguments.Text(call.Arguments).Length,
        FunctionResultContent result => result.Result?.ToString()?.Length ?? 0,
        DataContent => (long)TokensPerImage * CharactersPerToken,
        _ => 0,
    });

    private void Replace(Func<SessionMessage, SessionMessage> change)
    {
        for (var i = 0; i < _messages.Count; i++)
        {
            _messages[i] = change(_messages[i]);
        }

        (_counted, _countedMessages) = (0, 0);
    }

    // Providers refuse a conversation in which a call has no result, and a process that was killed leaves one.
    private void CloseOpenCalls()
    {
        var answered = _messages.SelectMany(message => message.Content.Contents).OfType<FunctionResultContent>().Select(result => result.CallId).ToHashSet(StringComparer.Ordinal);
        var open = _messages.Where(message => message.AgentVisible).SelectMany(message => message.Content.Contents).OfType<FunctionCallContent>().Where(call => !answered.Contains(call.CallId)).ToList();
        if (open.Count > 0)
        {
            Add(ChatRole.Tool, [.. open.Select(call => ToolMessages.Content(
                call.CallId,
                new ToolResult("The program ended before this was done. It may have run in part: look before you do it again.", isError: true) { ErrorType = "cancelled" }))]);
        }
    }
}
