using Gander.Sessions.Agents;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>One tool call while its parts are gathered.</summary>
internal sealed class ToolCall
{
    private static readonly string[] Refusals = ["reject", "rejected", "deny", "denied", "abort"];

    private Sighting? _span;
    private Sighting? _run;
    private Sighting? _wait;
    private Sighting? _result;
    private Sighting? _decision;

    /// <summary>The tool's name, or empty.</summary>
    public string Tool => Name(All()) ?? "";

    /// <summary>The last instant known, Unix nanoseconds.</summary>
    public long EndNanos { get; private set; } = long.MinValue;

    /// <summary>Whether it has a record of this kind already.</summary>
    public bool Has(LogFactKind kind) => (kind == LogFactKind.ToolResult ? _result : _decision) is not null;

    /// <summary>Adds what was seen of it; of two of one sort the first stays.</summary>
    public void Add(Sighting sighting)
    {
        _ = sighting switch
        {
            { Span.Role: SpanRole.Tool } => _span ??= sighting,
            { Span.Role: SpanRole.ToolRun } => _run ??= sighting,
            { Span: not null } => _wait ??= sighting,
            { LogKind: LogFactKind.ToolResult } => _result ??= sighting,
            _ => _decision ??= sighting,
        };
        EndNanos = Math.Max(EndNanos, sighting.EndNanos);
    }

    /// <summary>The step.</summary>
    public Step Step(CallDialect dialect, FactTexts? texts)
    {
        var all = All();
        var refused = Array.Find(all, static sighting => IsRefusal(sighting.Call));
        var judged = _result?.Failed is not null ? _result : _run?.Failed is not null ? _run : _span?.Failed is not null ? _span : null;
        var failed = judged?.Failed ?? false;
        var status = refused is not null && judged?.Failed != false ? StepStatus.Denied
            : judged is null ? StepStatus.Unknown
            : failed ? StepStatus.Error
            : StepStatus.Ok;
        var (length, provenance) = Length();
        var first = all[0];
        return new Step
        {
            Kind = StepKind.Tool,
            Name = Name(all) ?? "unknown",
            StartNanos = (_span ?? _run ?? first).StartNanos,
            DurationNanos = length,
            DurationProvenance = provenance,
            Status = status,
            Error = status is StepStatus.Error or StepStatus.Denied
                ? Merged.Text(all, texts, dialect.Texts.Error) ?? Merged.Text(all, call => call.ErrorType)
                : null,
            CallId = Merged.Text(all, call => call.CallId),
            Agent = Merged.Text(all, call => call.Agent),
            McpServer = Merged.Text(all, call => call.McpServer),
            WaitNanos = _wait is null ? null : _wait.EndNanos - _wait.StartNanos,
            DecidedBy = _decision?.Call.DecidedBy is { Length: > 0 } decider ? decider : Merged.Text(all, call => call.DecidedBy),
            Changes = Array.Find(all, static sighting => sighting.Call.Changes != default)?.Call.Changes ?? default,
            Sources = new FigureSources(
                FigureSource.Unknown,
                FigureSource.Unknown,
                FigureSource.Unknown,
                status == StepStatus.Denied ? refused!.Source : judged?.Source ?? FigureSource.Unknown),
            Input = Merged.Text(all, texts, dialect.Texts.ToolInput),
            Output = Merged.Text(all, texts, dialect.Texts.ToolOutput) ?? Output(dialect, texts),
            TraceId = (_span ?? _run ?? first).TraceId,
            SpanId = (_span ?? _run)?.Span?.Span ?? default,
        };
    }

    // The record and the span of the run know how it ended; the outer span knows the tool by its full name.
    private Sighting[] All()
    {
        ReadOnlySpan<Sighting?> some = [_span, _result, _run, _decision, _wait];
        var all = new Sighting[some.Length - some.Count((Sighting?)null)];
        var count = 0;
        foreach (var sighting in some)
        {
            if (sighting is not null)
            {
                all[count++] = sighting;
            }
        }

        return all;
    }

    // Who knows the MCP server knows the whole name.
    private static string? Name(Sighting[] all) =>
        Merged.Text(all, call => call.McpServer.Length > 0 ? call.Tool : "") ?? Merged.Text(all, call => call.Tool);

    private static bool IsRefusal(CallFacts call) =>
        (call.Decision.Length > 0 && Refusals.Contains(call.Decision, StringComparer.OrdinalIgnoreCase))
        || (call.ErrorType.Length > 0 && call.ErrorType.Contains("denied", StringComparison.OrdinalIgnoreCase));

    private (long? Nanos, DurationProvenance Provenance) Length() =>
        (_span ?? _run) is { } span ? (span.EndNanos - span.StartNanos, DurationProvenance.Span)
        : _result is { Call.DurationNanos: >= 0 } result ? (result.Call.DurationNanos, DurationProvenance.Reported)
        : (null, DurationProvenance.Unknown);

    private string? Output(CallDialect dialect, FactTexts? texts)
    {
        if (texts is null || _span?.Span is not { } span)
        {
            return null;
        }

        return dialect.Texts.ToolOutput.Select(key => texts.OfEvents(span, key)).FirstOrDefault(text => text is not null);
    }
}
