using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Gander.Agent.Telemetry.Export;

/// <summary>The exporter <c>console</c>: a line for each record, for a person who wants to see what would be sent. Thread-safe.</summary>
internal sealed class ConsoleExporter(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Write(Activity span)
    {
        var line = new StringBuilder("span ").Append(span.DisplayName)
            .Append(CultureInfo.InvariantCulture, $" {span.Duration.TotalMilliseconds:0.###}ms trace={span.TraceId} span={span.SpanId}");
        if (span.ParentSpanId != default)
        {
            line.Append(" parent=").Append(span.ParentSpanId);
        }

        if (span.Status == ActivityStatusCode.Error)
        {
            line.Append(" status=ERROR");
        }

        WriteLine(line, span.TagObjects);
    }

    public void Write(LogEntry entry)
    {
        var line = new StringBuilder("log ").Append(entry.Time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)).Append(' ')
            .Append(entry.Severity.ToString().ToUpperInvariant()).Append(" \"").Append(SecretMask.Apply(entry.Body)).Append('"');
        if (entry.Span.TraceId != default)
        {
            line.Append(" trace=").Append(entry.Span.TraceId);
        }

        WriteLine(line, entry.Attributes);
    }

    public void Write(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                output.WriteLine(TerminalText.Line(line));
            }
        }
    }

    private void WriteLine(StringBuilder line, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        foreach (var (key, value) in attributes)
        {
            line.Append(' ').Append(key).Append('=');
            line.Append(value is string text ? SecretMask.Apply(text) : Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        // A record is one line, whatever is in it.
        lock (_lock)
        {
            output.WriteLine(TerminalText.Line(line.ToString()));
        }
    }
}
