using System.Text;
using Gander.Sessions.Agents;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// Reads facts out of batches: the one way from telemetry to the fold, at ingest and when a session is read from the store.
/// Allocates for a record what its fact keeps: the fact, its ids and the title of a turn; all other text is pooled. Not thread-safe.
/// </summary>
internal sealed class FactReader
{
    private const int MaxEmitters = 10_000;
    private const int MaxTitle = 200;

    private readonly TextPool _texts = new();
    private readonly Dictionary<ulong, Emitter> _emitters = [];
    private readonly Dictionary<ulong, AgentDialect?> _scopes = [];
    private AttributeName[] _names = new AttributeName[64];

    /// <summary>The pool behind the strings of all facts this reader gave out.</summary>
    public TextPool Texts => _texts;

    /// <summary>A session id; empty when it is too long to be one: it could not be found again by its beginning.</summary>
    public string SessionIdOf(ReadOnlySpan<byte> text) => text.Length <= TextPool.DefaultMaxBytes ? _texts.Get(text) : "";

    /// <summary>Who sent the records of <paramref name="resource"/>.</summary>
    public Emitter EmitterOf(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!_emitters.TryGetValue(resource.Id, out var emitter))
        {
            if (_emitters.Count >= MaxEmitters)
            {
                _emitters.Clear();
            }

            emitter = new Emitter(resource);
            _emitters.Add(resource.Id, emitter);
        }

        return emitter;
    }

    /// <summary>The facts of the span in <paramref name="row"/>.</summary>
    public SpanFacts Read(SpanBatch batch, int row)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var emitter = EmitterOf(batch.Resources[batch.ResourceIndexes[row]]);
        var facts = new SpanFacts
        {
            Trace = batch.TraceIds[row],
            Span = batch.SpanIds[row],
            Parent = batch.ParentSpanIds[row],
            StartNanos = batch.StartNanos[row],
            EndNanos = batch.EndNanos[row],
            Emitter = emitter,
            Dialect = DialectOf(emitter, batch.Scopes[batch.ScopeIndexes[row]]),
            Name = _texts.Get(batch.Text[batch.Names[row]]),
            Status = batch.StatusCodes[row],
            DroppedEvents = batch.DroppedEvents[row],
            Row = row,
        };
        var hints = default(SpanHints);
        ReadAttributes(batch, row, facts, ref hints);
        ReadCall(batch, row, facts, in hints);
        if (facts.Role == SpanRole.Turn && hints.Prompt.Length > 0 && !batch.Text[hints.Prompt].SequenceEqual("<REDACTED>"u8))
        {
            facts.Title = TitleOf(batch.Text[hints.Prompt]);
        }

        if (facts.Tool.Length == 0 && facts.Role is SpanRole.Dispatch or SpanRole.Tool)
        {
            facts.Tool = _texts.Get(facts.Dialect.ToolOf(batch, row));
        }

        return facts;
    }

    /// <summary>The facts of the log record in <paramref name="row"/>.</summary>
    public void Read(LogBatch batch, int row, out LogFacts facts)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var emitter = EmitterOf(batch.Resources[batch.ResourceIndexes[row]]);
        facts = new LogFacts
        {
            TimeNanos = batch.EffectiveNanos(row),
            Trace = batch.TraceIds[row],
            Span = batch.SpanIds[row],
            Emitter = emitter,
            Dialect = DialectOf(emitter, batch.Scopes[batch.ScopeIndexes[row]]),
            Session = "",
            Tool = "",
            Detail = "",
            Messages = -1,
            Sequence = -1,
            Unsampled = !batch.TraceIds[row].IsEmpty && (batch.Flags[row] & 1) == 0,
            Row = row,
        };
        ReadAttributes(batch, row, ref facts);
        if (facts.Dialect is CallDialect calls)
        {
            ReadCall(batch, row, calls, ref facts);
        }
        else if (facts.Kind == LogFactKind.Other)
        {
            facts.Kind = facts.Dialect.KindOfText(batch.Text[batch.Bodies[row]], batch.Severities[row], out var tool);
            facts.Tool = _texts.Get(tool);
        }
    }

    /// <summary>The facts of a span's event; false when it means nothing for the session, as nearly all do.</summary>
    public bool TryReadEvent(SpanBatch batch, SpanFacts span, int eventRow, out LogFacts facts)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ref var entry = ref batch.Events[eventRow];
        facts = default;
        var kind = span.Dialect.KindOfText(batch.Text[entry.Name], SeverityOf(batch, entry.Attributes), out var tool);
        if (kind == LogFactKind.Other)
        {
            return false;
        }

        facts = new LogFacts
        {
            TimeNanos = entry.TimeNanos,
            Trace = span.Trace,
            Span = span.Span,
            Emitter = span.Emitter,
            Dialect = span.Dialect,
            Session = span.Session,
            Tool = _texts.Get(tool),
            Detail = "",
            Messages = -1,
            Sequence = -1,
            Kind = kind,
            IsEvent = true,
            Row = eventRow,
        };
        return true;
    }

    private static byte SeverityOf(SpanBatch batch, RowRange attributes)
    {
        for (var i = attributes.Start; i < attributes.End; i++)
        {
            if (AttributeNames.Of(batch.Text[batch.Attributes.Keys[i]]) == AttributeName.Level)
            {
                var level = batch.Text[batch.Attributes.Texts[i]];
                return level.SequenceEqual("ERROR"u8) ? (byte)17 : level.SequenceEqual("WARN"u8) ? (byte)13 : (byte)9;
            }
        }

        return 0;
    }

    // The name of an event stands in an attribute, else in its own field (which some SDKs fill with a place in the source), else in the body.
    private static ReadOnlySpan<byte> EventNameOf(LogBatch batch, int row, int attribute)
    {
        if (attribute >= 0)
        {
            return batch.Text[batch.Attributes.Texts[attribute]];
        }

        var name = batch.Text[batch.EventNames[row]];
        return name.IsEmpty || name.StartsWith("event "u8) ? batch.Text[batch.Bodies[row]] : name;
    }

    private static long Number(TelemetryBatch batch, int attribute) => Math.Max(0, Lenient.Number(batch, attribute));

    private static string TitleOf(ReadOnlySpan<byte> prompt)
    {
        var text = Encoding.UTF8.GetString(prompt[..Math.Min(prompt.Length, 4 * 1024)]);
        return UserText.FirstLine(UserText.WithoutContext(text), MaxTitle);
    }

    private AgentDialect DialectOf(Emitter emitter, InstrumentationScope scope)
    {
        if (emitter.Dialect is { } known)
        {
            return known;
        }

        if (!_scopes.TryGetValue(scope.Id, out var dialect))
        {
            if (_scopes.Count >= MaxEmitters)
            {
                _scopes.Clear();
            }

            dialect = AgentDialects.OfScope(scope);
            _scopes.Add(scope.Id, dialect);
        }

        return dialect ?? AgentDialects.General;
    }

    private void ReadAttributes(SpanBatch batch, int row, SpanFacts facts, ref SpanHints hints)
    {
        var range = batch.AttributeRanges[row];
        var kinds = batch.Attributes.Kinds;
        var texts = batch.Attributes.Texts;
        var names = ReadNames(batch, range);
        for (var i = range.Start; i < range.End; i++)
        {
            var name = names[i - range.Start];
            if (name == AttributeName.Unknown)
            {
                continue;
            }

            var isNumber = name is >= AttributeName.InputTokens and <= AttributeName.ReasoningTokens;
            if (isNumber)
            {
                ReadTokens(name, Number(batch, i), facts, ref hints);
            }
            else if (kinds[i] == AttributeKind.String || name == AttributeName.FinishReasons)
            {
                ReadText(name, batch.Text[texts[i]], texts[i], facts, ref hints);
            }
        }

        if (facts.Session.Length == 0)
        {
            facts.Session = hints.Conversation is { Length: > 0 } conversation ? conversation : hints.PlainConversation ?? "";
        }

        if (facts.Model.Length == 0)
        {
            facts.Model = hints.ResponseModel ?? "";
        }
    }

    private void ReadCall(SpanBatch batch, int row, SpanFacts facts, in SpanHints hints)
    {
        facts.Dialect.ReadSpan(facts, in hints);
        if (facts.Dialect is not CallDialect calls)
        {
            facts.Tokens = hints.Tokens;
            return;
        }

        if (facts.Role is SpanRole.Other or SpanRole.Noise or SpanRole.Carrier)
        {
            return;
        }

        var rows = batch.AttributeRanges[row];
        var call = new CallFacts { Counting = calls.Counting };
        ReadCall(batch, rows, call);
        facts.Call = call;
        calls.Complete(facts, call, new AttributeView(batch, rows));
    }

    private void ReadCall(LogBatch batch, int row, CallDialect calls, ref LogFacts facts)
    {
        var rows = batch.AttributeRanges[row];
        var (eventName, eventKind, sequence) = (-1, -1, -1L);
        for (var i = rows.Start; i < rows.End; i++)
        {
            var name = _names[i - rows.Start];
            if (name == AttributeName.EventName)
            {
                eventName = i;
            }
            else if (name == AttributeName.EventKind)
            {
                eventKind = i;
            }
            else if (name == AttributeName.EventSequence)
            {
                sequence = Lenient.Number(batch, i);
            }
        }

        facts.Sequence = sequence;
        facts.Kind = calls.KindOf(EventNameOf(batch, row, eventName), eventKind < 0 ? default : batch.Text[batch.Attributes.Texts[eventKind]]);
        if (facts.Kind == LogFactKind.Other)
        {
            return;
        }

        var call = new CallFacts { Counting = calls.Counting };
        ReadCall(batch, rows, call);
        facts.Call = call;
        facts.Tool = call.Tool;
        calls.Complete(ref facts, call, new AttributeView(batch, rows));
    }

    // Reads the attributes whose names ReadNames found last.
    private void ReadCall(TelemetryBatch batch, RowRange rows, CallFacts call)
    {
        for (var i = rows.Start; i < rows.End; i++)
        {
            var name = _names[i - rows.Start];
            if (name != AttributeName.Unknown)
            {
                CallReader.Read(name, batch, i, call, _texts);
            }
        }
    }

    // What the attributes of a record mean, in their order; until the next record is read.
    private AttributeName[] ReadNames(TelemetryBatch batch, RowRange rows)
    {
        var count = rows.End - rows.Start;
        if (_names.Length < count)
        {
            _names = new AttributeName[count * 2];
        }

        for (var i = 0; i < count; i++)
        {
            _names[i] = AttributeNames.Of(batch.Text[batch.Attributes.Keys[rows.Start + i]]);
        }

        return _names;
    }

    private static void ReadTokens(AttributeName name, long number, SpanFacts facts, ref SpanHints hints)
    {
        hints.Tokens = name switch
        {
            AttributeName.InputTokens => hints.Tokens with { Input = number },
            AttributeName.OutputTokens => hints.Tokens with { Output = number },
            AttributeName.CacheReadTokens => hints.Tokens with { CacheRead = number },
            AttributeName.CacheCreationTokens or AttributeName.CacheWriteTokens => hints.Tokens with { CacheWrite = number },
            _ => hints.Tokens with { Reasoning = number },
        };
        facts.Traits |= SpanTraits.HasUsage | SpanTraits.Answered | SpanTraits.SpeaksGenAi;
    }

    private void ReadText(AttributeName name, ReadOnlySpan<byte> text, TextRef place, SpanFacts facts, ref SpanHints hints)
    {
        switch (name)
        {
            case AttributeName.SessionId: facts.Session = SessionIdOf(text); break;
            case AttributeName.ConversationId: hints.Conversation = SessionIdOf(text); break;
            case AttributeName.PlainConversationId: hints.PlainConversation = SessionIdOf(text); break;
            case AttributeName.Operation:
                hints.Operation = _texts.Get(text);
                facts.Traits |= SpanTraits.SpeaksGenAi;
                break;
            case AttributeName.RequestModel: facts.Model = _texts.Get(text); break;
            case AttributeName.ResponseModel:
                hints.ResponseModel = _texts.Get(text);
                facts.Traits |= SpanTraits.Answered;
                break;
            case AttributeName.ResponseId or AttributeName.FinishReasons: facts.Traits |= SpanTraits.Answered; break;
            case AttributeName.Provider: facts.Provider = _texts.Get(text); break;
            case AttributeName.OldProvider when facts.Provider.Length == 0: facts.Provider = _texts.Get(text); break;
            case AttributeName.SpanKind: hints.Kind = _texts.Get(text); break;
            case AttributeName.LogToolName: hints.Tool = _texts.Get(text); break;
            case AttributeName.EntityName: hints.Entity = _texts.Get(text); break;
            case AttributeName.AgentName: facts.AgentName = _texts.Get(text); break;
            case AttributeName.ToolName: facts.Tool = _texts.Get(text); break;
            case AttributeName.ErrorType: facts.ErrorType = _texts.Get(text); break;
            case AttributeName.ToolPhase: hints.ToolPhase = _texts.Get(text); break;
            case AttributeName.ChatPurpose: hints.Purpose = _texts.Get(text); break;
            case AttributeName.UserMessage or AttributeName.Prompt: hints.Prompt = place; break;
            case AttributeName.TraceInput when hints.Prompt.IsEmpty: hints.Prompt = place; break;
            case AttributeName.ToolArguments or AttributeName.Input: hints.HasArguments = true; break;
            case AttributeName.ToolResult: facts.Traits |= SpanTraits.OutputSaysOk; break;
            case AttributeName.Output:
                hints.HasOutput = true;
                facts.Traits |= text.StartsWith("{\"status\":\"error\""u8) ? SpanTraits.OutputSaysError : SpanTraits.OutputSaysOk;
                break;
            case AttributeName.InputMessages or AttributeName.OutputMessages: facts.Traits |= SpanTraits.HasContent; break;
            default: break;
        }
    }

    private void ReadAttributes(LogBatch batch, int row, ref LogFacts facts)
    {
        var range = batch.AttributeRanges[row];
        var texts = batch.Attributes.Texts;
        var (conversation, plain) = ("", "");
        var names = ReadNames(batch, range);
        for (var i = range.Start; i < range.End; i++)
        {
            switch (names[i - range.Start])
            {
                case AttributeName.SessionId: facts.Session = SessionIdOf(batch.Text[texts[i]]); break;
                case AttributeName.ConversationId: conversation = SessionIdOf(batch.Text[texts[i]]); break;
                case AttributeName.PlainConversationId: plain = SessionIdOf(batch.Text[texts[i]]); break;
                case AttributeName.StartsCounter: facts.Kind = LogFactKind.SessionStarted; break;
                case AttributeName.CompletionsCounter: facts.Kind = LogFactKind.SessionCompleted; break;
                case AttributeName.TokensCounter:
                    facts.Kind = LogFactKind.TokenCounter;
                    facts.Tokens = Number(batch, i);
                    break;
                case AttributeName.ToolCallsCounter: facts.Kind = LogFactKind.ToolStarted; break;
                case AttributeName.ToolCompletionsCounter: facts.Kind = LogFactKind.ToolCompleted; break;
                case AttributeName.SessionType when facts.Detail.Length == 0: facts.Detail = _texts.Get(batch.Text[texts[i]]); break;
                case AttributeName.ExitType: facts.Detail = _texts.Get(batch.Text[texts[i]]); break;
                case AttributeName.DurationMs: facts.DurationNanos = Math.Min(Number(batch, i), int.MaxValue * 100L) * 1_000_000; break;
                case AttributeName.TotalTokens: facts.Tokens = Number(batch, i); break;
                case AttributeName.MessageCount: facts.Messages = (int)Math.Min(Number(batch, i), int.MaxValue); break;
                case AttributeName.LogToolName: facts.Tool = _texts.Get(batch.Text[texts[i]]); break;
                case AttributeName.Result: facts.Failed = batch.Text[texts[i]].SequenceEqual("error"u8); break;
                default: break;
            }
        }

        if (facts.Session.Length == 0)
        {
            facts.Session = conversation.Length > 0 ? conversation : plain;
        }
    }
}
