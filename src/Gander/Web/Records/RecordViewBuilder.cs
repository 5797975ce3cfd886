using System.Globalization;
using Gander.Api.Search;
using Gander.Telemetry;
using Gander.Web.Content;

namespace Gander.Web.Records;

/// <summary>Makes views of records.</summary>
internal static class RecordViewBuilder
{
    private const int MaxEvents = 500;
    private const int MaxContentChars = 200_000;
    private const int LongChars = 512;
    private const int MaxFindChars = 200;

    /// <summary>The view of a span.</summary>
    /// <param name="batch">Holds it, with everything.</param>
    /// <param name="row">Its row.</param>
    /// <param name="sessionKey">Its session, or null.</param>
    public static RecordView OfSpan(SpanBatch batch, int row, string? sessionKey)
    {
        var (attributes, contents) = Attributes(batch, batch.AttributeRanges[row], batch.Resources[batch.ResourceIndexes[row]], Signal.Traces, "/traces");
        var status = batch.StatusCodes[row] switch { 1 => "ok", 2 => "error", _ => "unset" };
        var message = batch.Text.ToString(batch.StatusMessages[row]);
        var session = batch.SessionId(batch.AttributeRanges[row]);
        return new()
        {
            Name = batch.Text.ToString(batch.Names[row]),
            Facts =
            [
                new("Service", Or(batch.Resources[batch.ResourceIndexes[row]].ServiceName)),
                new("Start", Figures.Iso(batch.StartNanos[row])),
                new("Duration", Figures.Duration(batch.EndNanos[row] - batch.StartNanos[row])),
                new("Status", message.Length > 0 ? $"{status}: {message}" : status, batch.StatusCodes[row] == 2 ? "error" : null),
                new("Kind", SearchField.KindName(batch.Kinds[row])),
                new("Scope", Or(Scope(batch.Scopes[batch.ScopeIndexes[row]]))),
                new("Span", batch.SpanIds[row].ToString()),
            ],
            Links =
            [
                .. sessionKey is null ? [] : new[] { new RecordLink("Turn in its session", PageAddress.Of($"/sessions/{Uri.EscapeDataString(sessionKey)}", null, ("trace", batch.TraceIds[row].ToString()))) },
                new("Logs of the span", PageAddress.Of("/logs", null, ("from", "now-90d"), ("to", "now"), ("span", batch.SpanIds[row].ToString()))),
                .. session is null ? [] : new[] { new RecordLink("Spans of the session", PageAddress.Of("/traces", null, ("session", session))) },
            ],
            Contents = contents,
            Attributes = attributes,
            Events = Events(batch, row),
            Dropped = Dropped(batch.DroppedAttributes[row], batch.DroppedEvents[row], batch.DroppedLinks[row]),
        };
    }

    /// <summary>The view of a log record.</summary>
    public static RecordView OfLog(LogBatch batch, int row, string? sessionKey)
    {
        var (attributes, contents) = Attributes(batch, batch.AttributeRanges[row], batch.Resources[batch.ResourceIndexes[row]], Signal.Logs, "/logs");
        var body = batch.Text.ToString(batch.Bodies[row]);
        return new()
        {
            Name = batch.Text.ToString(batch.EventNames[row]),
            Facts =
            [
                new("Service", Or(batch.Resources[batch.ResourceIndexes[row]].ServiceName)),
                new(batch.TimeNanos[row] != 0 ? "Time" : "Observed", Figures.Iso(batch.EffectiveNanos(row))),
                new("Severity", LogLevelName.Of(batch.Severities[row]), batch.Severities[row] >= 17 ? "error" : null),
                new("Scope", Or(Scope(batch.Scopes[batch.ScopeIndexes[row]]))),
            ],
            Links =
            [
                .. sessionKey is null ? [] : new[] { new RecordLink("Session", PageAddress.Session(sessionKey)) },
                .. batch.TraceIds[row].IsEmpty ? [] : new[] { new RecordLink("Trace", PageAddress.Of($"/traces/{batch.TraceIds[row]}", null, ("span", batch.SpanIds[row].IsEmpty ? null : batch.SpanIds[row].ToString()))) },
            ],
            Contents = body.Length == 0 ? contents : [Content("Body", body), .. contents],
            Attributes = attributes,
            Events = [],
            Dropped = Dropped(batch.DroppedAttributes[row], 0, 0),
        };
    }

    private static (IReadOnlyList<RecordProperty> Attributes, IReadOnlyList<RecordContent> Contents) Attributes(
        TelemetryBatch batch, RowRange range, Resource resource, Signal signal, string page)
    {
        var attributes = new List<RecordProperty>();
        var contents = new List<RecordContent>();
        for (var row = range.Start; row < range.End; row++)
        {
            var key = batch.Text.ToString(batch.Attributes.Keys[row]);
            var text = batch.AttributeValue(row);
            if (text.Length > LongChars || text.Contains('\n', StringComparison.Ordinal) || JsonText.TryParse(text, out _))
            {
                contents.Add(Content(key, text));
            }
            else
            {
                attributes.Add(new("record", key, text, Find(page, signal, RecordFilter.Attribute(key, batch.Value(row)))));
            }
        }

        attributes.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        attributes.AddRange(resource.Attributes.Select(attribute => new RecordProperty(
            "resource", attribute.Key, attribute.Value.Text(), Find(page, signal, RecordFilter.Attribute(attribute.Key, attribute.Value)))));
        return (attributes, contents);
    }

    private static string? Find(string page, Signal signal, RecordFilter filter) =>
        filter.Value.Kind is AttributeKind.String or AttributeKind.Int or AttributeKind.Bool or AttributeKind.Double && filter.Value.Text.Length <= MaxFindChars
            ? $"{page}?{RecordSearch.For(signal).With(filter).ToQueryString()}"
            : null;

    private static RecordContent Content(string label, string text)
    {
        var pretty = JsonText.Pretty(text);
        return new(label, pretty.Length <= MaxContentChars ? pretty : pretty[..MaxContentChars], pretty.Length);
    }

    private static List<RecordEvent> Events(SpanBatch batch, int row)
    {
        var range = batch.EventRanges[row];
        var events = new List<RecordEvent>();
        for (var index = range.Start; index < Math.Min(range.End, range.Start + MaxEvents); index++)
        {
            var happened = batch.Events[index];
            var attributes = Enumerable.Range(happened.Attributes.Start, happened.Attributes.Count)
                .Select(attribute => $"{batch.Text.ToString(batch.Attributes.Keys[attribute])}={batch.AttributeValue(attribute)}");
            events.Add(new((happened.TimeNanos - batch.StartNanos[row]) / 1e6, batch.Text.ToString(happened.Name), string.Join("  ", attributes)));
        }

        return events;
    }

    private static string? Dropped(uint attributes, uint events, uint links)
    {
        var parts = new[] { (attributes, "attribute"), (events, "event"), (links, "link") }.Where(part => part.Item1 > 0).Select(part => Figures.Exact(part.Item1, part.Item2)).ToList();
        return parts.Count == 0 ? null : $"The emitter dropped {string.Join(", ", parts)}.";
    }

    private static string Scope(InstrumentationScope scope) => scope.Version.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{scope.Name} {scope.Version}") : scope.Name;

    private static string Or(string text) => text.Length > 0 ? text : Figures.Unknown;
}
