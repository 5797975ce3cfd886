using Gander.Sessions.Agents;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>
/// Makes one step of each tool call of a turn, from its span, the spans of its parts, its record and the decision about it.
/// All of them name the call; where a record does not, it is the call of the same tool that ends nearest to it.
/// </summary>
internal static class ToolCalls
{
    private const long Near = 2_000_000_000;

    // In a turn of more calls, records that name none of them stand for themselves.
    private const int MaxCompared = 2_000;

    /// <summary>Adds the steps, in no order.</summary>
    public static void AddSteps(List<Step> steps, List<Sighting> sightings, CallDialect dialect, SessionEvidence evidence)
    {
        var tools = sightings.FindAll(IsTool);
        if (tools.Count == 0)
        {
            return;
        }

        var calls = new List<ToolCall>(tools.Count);
        var byId = new Dictionary<string, ToolCall>(StringComparer.Ordinal);
        var byPlace = new Dictionary<(Telemetry.TraceId, Telemetry.SpanId), ToolCall>();
        foreach (var sighting in tools.OrderBy(static sighting => (Order(sighting), sighting.StartNanos)))
        {
            var id = sighting.Call.CallId;
            var call = id.Length > 0 && byId.TryGetValue(id, out var known) ? known
                : sighting.Span is { Role: SpanRole.ToolRun or SpanRole.Wait } part && byPlace.TryGetValue((part.Trace, part.Parent), out var parent) ? parent
                : id.Length == 0 && sighting.LogKind is not null ? Nearest(calls, sighting)
                : null;
            if (call is null)
            {
                if (sighting.Span is { Role: SpanRole.Wait })
                {
                    continue;
                }

                call = new ToolCall();
                calls.Add(call);
            }

            if (id.Length > 0)
            {
                byId.TryAdd(id, call);
            }

            if (sighting.Span is { Role: SpanRole.Tool } span)
            {
                byPlace.TryAdd((span.Trace, span.Span), call);
            }

            call.Add(sighting);
        }

        foreach (var call in calls)
        {
            steps.Add(call.Step(dialect, evidence.Texts));
        }
    }

    private static bool IsTool(Sighting sighting) =>
        sighting.Span is { Role: SpanRole.Tool or SpanRole.ToolRun or SpanRole.Wait } || sighting.LogKind is LogFactKind.ToolResult or LogFactKind.ToolDecision;

    // Whole calls come before their parts, and records before decisions, which alone are not yet a call that was made.
    private static int Order(Sighting sighting) => sighting switch
    {
        { Span.Role: SpanRole.Tool } => 0,
        { Span: not null } => 1,
        { LogKind: LogFactKind.ToolResult } => 2,
        _ => 3,
    };

    private static ToolCall? Nearest(List<ToolCall> calls, Sighting record) => calls.Count > MaxCompared ? null : calls
        .Where(call => !call.Has(record.LogKind.GetValueOrDefault()) && Math.Abs(call.EndNanos - record.EndNanos) <= Near && call.Tool == record.Call.Tool)
        .MinBy(call => Math.Abs(call.EndNanos - record.EndNanos));
}
