using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>Reads one turn of goose.</summary>
internal sealed class GooseTurn
{
    private readonly TurnFacts _facts;
    private readonly List<ModelCall> _calls = [];
    private readonly List<Step> _steps = [];
    private readonly bool _ended;
    private readonly long _startNanos;
    private readonly long _endNanos;
    private readonly long? _loopEndNanos;
    private readonly bool _loopFailed;
    private TurnClock _clock = new([], [], []);
    private bool _interrupted;

    public GooseTurn(TurnFacts facts)
    {
        _facts = facts;
        _ended = facts.Root >= 0;
        (_startNanos, _endNanos) = (long.MaxValue, long.MinValue);
        foreach (var index in facts.Spans)
        {
            var span = facts[index];
            _startNanos = Math.Min(_startNanos, span.StartNanos);
            _endNanos = Math.Max(_endNanos, span.EndNanos);
            if (span.Role is SpanRole.Loop or SpanRole.Turn)
            {
                _loopFailed |= span.Status == 2 || span.ErrorType.Length > 0;
                _loopEndNanos = span.Role == SpanRole.Loop || _loopEndNanos is null ? span.EndNanos : _loopEndNanos;
            }
        }
    }

    public Turn Read()
    {
        FindCalls();
        _calls.RemoveAll(call => _facts[call.Span].Role == SpanRole.Compaction);
        _clock = new TurnClock(
            _calls.Select(call => call.StartNanos),
            _facts.Spans.Where(index => _facts[index].Role is SpanRole.Dispatch or SpanRole.Tool).Select(index => _facts[index].StartNanos),
            _facts.Notes.Where(note => note.Kind == LogFactKind.Failure));
        JudgeCalls();
        var status = Status();
        AddModelSteps();
        AddCompactions();
        new GooseTools(_facts, _clock, _loopEndNanos, _interrupted).AddTo(_steps);
        AddSubagents();
        _steps.Sort(static (left, right) =>
            left.StartNanos != right.StartNanos ? left.StartNanos.CompareTo(right.StartNanos)
            : left.SpanId.Value != right.SpanId.Value ? left.SpanId.Value.CompareTo(right.SpanId.Value)
            : string.CompareOrdinal(left.Name, right.Name));
        return new Turn
        {
            Index = _facts.Index,
            StartNanos = _startNanos,
            EndNanos = _endNanos,
            Status = status,
            TraceId = _facts.Tree.Trace.Id,
            Prompt = Prompt(),
            Answer = Answer(),
            Error = status == SessionStatus.Error ? LastFailure(long.MinValue, long.MaxValue) : null,
            Steps = _steps,
        };
    }

    // A call may show as `chat` or `complete` around `stream_response_from_provider`, or the other way round: once.
    private void FindCalls()
    {
        var byOuter = new Dictionary<int, ModelCall>();
        foreach (var index in _facts.Spans)
        {
            if (_facts[index].Role is not (SpanRole.Model or SpanRole.FirstByte))
            {
                continue;
            }

            var outer = OutermostCall(index);
            if (!byOuter.TryGetValue(outer, out var call))
            {
                call = new ModelCall { Span = outer, StartNanos = _facts[outer].StartNanos };
                byOuter.Add(outer, call);
                _calls.Add(call);
            }

            if (index != outer)
            {
                call.Parts.Add(index);
            }
        }

        _calls.Sort((left, right) => left.StartNanos != right.StartNanos
            ? left.StartNanos.CompareTo(right.StartNanos)
            : _facts[left.Span].Span.Value.CompareTo(_facts[right.Span].Span.Value));
    }

    private int OutermostCall(int index)
    {
        var outer = index;
        var steps = 0;
        for (var up = _facts.Tree.ParentOf(index); up >= 0 && steps++ < 64; up = _facts.Tree.ParentOf(up))
        {
            var span = _facts[up];
            if (span.Role is SpanRole.Model or SpanRole.FirstByte or SpanRole.Compaction)
            {
                outer = up;
            }
            else if (span.Role != SpanRole.Other)
            {
                break;
            }
        }

        return outer;
    }

    private void JudgeCalls()
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            var call = _calls[i];
            var outer = _facts[call.Span];
            var (says, type) = (outer.Status == 2, outer.ErrorType);
            call.Answered = outer.Has(SpanTraits.Answered);
            TokenUsage? inner = null;
            foreach (var part in call.Parts)
            {
                var span = _facts[part];
                call.Answered |= span.Has(SpanTraits.Answered);
                says |= span.Status == 2;
                type = type.Length > 0 ? type : span.ErrorType;
                if (span.Has(SpanTraits.HasUsage))
                {
                    inner = inner.GetValueOrDefault() + span.Tokens;
                }
            }

            // The inner span knows the cached part, the outer one does not.
            call.Tokens = inner ?? (outer.Has(SpanTraits.HasUsage) ? outer.Tokens : null);
            var next = i + 1 < _calls.Count ? _calls[i + 1].StartNanos : long.MaxValue;
            var failure = LastFailure(call.StartNanos, next);
            var unanswered = !call.Answered && outer.Has(SpanTraits.SpeaksGenAi) && (next != long.MaxValue || _loopFailed);
            call.Failed = says || type.Length > 0 || HasFailure(call.StartNanos, next) || unanswered;
            call.Error = call.Failed ? failure ?? (type.Length > 0 ? type : null) : null;
        }
    }

    private SessionStatus Status()
    {
        var last = _calls.Count > 0 ? _calls[^1] : null;
        if (last is { Failed: true } || (last is null && (_loopFailed || HasFailure(long.MinValue, long.MaxValue))))
        {
            return SessionStatus.Error;
        }

        // An ERROR whose reason was dropped: without a tool call that could not be made, nothing else explains it.
        if (_loopFailed && _facts.Notes.Count == 0 && !_facts.ToolNotes.Any(note => note.Failed))
        {
            return SessionStatus.Error;
        }

        if (!_ended)
        {
            return _facts.MayBeRunning ? SessionStatus.Running : SessionStatus.Unknown;
        }

        var root = _facts[_facts.Root];
        var silent = !root.Has(SpanTraits.HasUsage) && root.Has(SpanTraits.SpeaksGenAi) && _calls.Exists(call => call.Tokens is not null);
        var cutOff = last is { Answered: false } && _facts[last.Span].Has(SpanTraits.SpeaksGenAi);
        _interrupted = silent || cutOff;
        return _interrupted ? SessionStatus.Interrupted : SessionStatus.Ok;
    }

    private void AddModelSteps()
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            var call = _calls[i];
            var outer = _facts[call.Span];
            var (duration, provenance) = Duration(call, i);
            var status = call.Failed ? StepStatus.Error
                : !call.Answered && _interrupted && i == _calls.Count - 1 ? StepStatus.Interrupted
                : call.Answered || !outer.Has(SpanTraits.SpeaksGenAi) ? StepStatus.Ok
                : StepStatus.Unknown;
            _steps.Add(new Step
            {
                Kind = StepKind.Model,
                Name = ModelName(call),
                StartNanos = outer.StartNanos,
                DurationNanos = duration,
                DurationProvenance = provenance,
                FirstByteNanos = FirstByte(call),
                Status = status,
                Sources = FigureSources.OfSpans(call.Tokens is not null, status),
                Error = call.Error,
                Provider = Provider(call),
                Tokens = call.Tokens,
                Input = CallText(call, "gen_ai.input.messages"),
                Output = CallText(call, "gen_ai.output.messages"),
                TraceId = _facts.Tree.Trace.Id,
                SpanId = outer.Span,
            });
        }
    }

    private (long? Nanos, DurationProvenance Provenance) Duration(ModelCall call, int position)
    {
        var outer = _facts[call.Span];
        var length = outer.EndNanos - outer.StartNanos;
        if (outer.Role != SpanRole.FirstByte || outer.Has(SpanTraits.WholeCall) || (call.Failed && !call.Answered))
        {
            return (length, DurationProvenance.Span);
        }

        var end = position + 1 < _calls.Count ? _calls[position + 1].StartNanos : _loopEndNanos;
        if (_clock.ToolFrom(outer.StartNanos) is { } tool && !(end < tool))
        {
            end = tool;
        }

        return end is { } known ? (Math.Max(length, known - outer.StartNanos), DurationProvenance.Derived) : (null, DurationProvenance.Unknown);
    }

    private long? FirstByte(ModelCall call)
    {
        foreach (var index in call.Parts.Prepend(call.Span))
        {
            var span = _facts[index];
            if (span.Role == SpanRole.FirstByte && !span.Has(SpanTraits.WholeCall) && call.Answered)
            {
                return span.EndNanos - call.StartNanos;
            }
        }

        return null;
    }

    private string ModelName(ModelCall call)
    {
        foreach (var index in call.Parts.Prepend(call.Span))
        {
            if (_facts[index].Model.Length > 0)
            {
                return _facts[index].Model;
            }
        }

        return "unknown";
    }

    private string? Provider(ModelCall call)
    {
        foreach (var index in call.Parts.Prepend(call.Span))
        {
            if (_facts[index].Provider.Length > 0)
            {
                return _facts[index].Provider;
            }
        }

        return null;
    }

    private void AddCompactions()
    {
        foreach (var index in _facts.Spans)
        {
            var span = _facts[index];
            if (span.Role != SpanRole.Compaction)
            {
                continue;
            }

            _steps.Add(new Step
            {
                Kind = StepKind.Other,
                Name = "compaction",
                StartNanos = span.StartNanos,
                DurationNanos = span.EndNanos - span.StartNanos,
                DurationProvenance = DurationProvenance.Span,
                Status = span.Status == 2 || span.ErrorType.Length > 0 ? StepStatus.Error : StepStatus.Ok,
                Error = span.ErrorType.Length > 0 ? span.ErrorType : null,
                Tokens = span.Has(SpanTraits.HasUsage) ? span.Tokens : null,
                Sources = FigureSources.OfSpans(span.Has(SpanTraits.HasUsage), StepStatus.Ok),
                TraceId = span.Trace,
                SpanId = span.Span,
            });
        }
    }

    private void AddSubagents()
    {
        foreach (var subagent in _facts.Subagents)
        {
            _steps.Add(new Step
            {
                Kind = StepKind.Subagent,
                Name = subagent.Name,
                StartNanos = subagent.StartNanos,
                DurationNanos = subagent.EndNanos - subagent.StartNanos,
                DurationProvenance = DurationProvenance.Span,
                Status = subagent.Failed ? StepStatus.Error : StepStatus.Ok,
                Sources = FigureSources.OfSpans(hasTokens: false, StepStatus.Ok),
                SessionKey = subagent.SessionKey,
                TraceId = _facts.Tree.Trace.Id,
                SpanId = subagent.Span,
            });
        }
    }

    private bool HasFailure(long from, long to) => _clock.LastFailure(from, to) is not null;

    private string? LastFailure(long from, long to) => _clock.LastFailure(from, to) is { } note ? _facts.Texts?.Of(note) : null;

    private string? CallText(ModelCall call, string key)
    {
        if (_facts.Texts is not { } texts)
        {
            return null;
        }

        foreach (var index in call.Parts.Prepend(call.Span))
        {
            if (texts.Of(_facts[index], key) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private string? Prompt()
    {
        if (_facts.Texts is not { } texts || !_ended)
        {
            return null;
        }

        var root = _facts[_facts.Root];
        var text = texts.Of(root, "user_message") ?? texts.Of(root, "trace_input");
        return text is null ? null : UserText.WithoutContext(text);
    }

    private string? Answer()
    {
        if (_facts.Texts is not { } texts)
        {
            return null;
        }

        string? answer = null;
        foreach (var index in _facts.Spans)
        {
            if (_facts[index].Role is SpanRole.Turn or SpanRole.Loop)
            {
                answer ??= texts.Of(_facts[index], "trace_output");
            }
        }

        return answer;
    }
}
