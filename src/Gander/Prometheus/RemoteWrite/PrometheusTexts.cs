using System.Text;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>Reads the texts of remote write that mean something to us.</summary>
internal static class PrometheusTexts
{
    private const int MaxHelpBytes = 4_096;
    private const int MaxUnitBytes = 128;

    /// <summary>What was said of a family; a unit or help that is longer than any should be is left out.</summary>
    public static PrometheusMetadata Metadata(ulong type, ReadOnlySpan<byte> unit, ReadOnlySpan<byte> help) => new(
        PrometheusMetadata.TypeName(type),
        unit.Length <= MaxUnitBytes && !unit.Contains((byte)'\n') ? Encoding.UTF8.GetString(unit) : "",
        help.Length <= MaxHelpBytes ? Encoding.UTF8.GetString(help) : "");

    /// <summary>Reads the 32 hexadecimal digits of a trace id.</summary>
    public static bool TryTraceId(ReadOnlySpan<byte> text, out TraceId id)
    {
        Span<char> digits = stackalloc char[32];
        id = default;
        return text.Length == digits.Length && Encoding.ASCII.GetChars(text, digits) == digits.Length && TraceId.TryParse(digits, out id);
    }

    /// <summary>Reads the 16 hexadecimal digits of a span id.</summary>
    public static bool TrySpanId(ReadOnlySpan<byte> text, out SpanId id)
    {
        Span<char> digits = stackalloc char[16];
        id = default;
        return text.Length == digits.Length && Encoding.ASCII.GetChars(text, digits) == digits.Length && SpanId.TryParse(digits, out id);
    }

    /// <summary>Appends the description of a metric, and returns where it is.</summary>
    public static TextRef Append(AddedText added, ReadOnlySpan<byte> description)
    {
        var start = added.Length;
        description.CopyTo(added.GetSpan(description.Length));
        added.Advance(description.Length);
        return added.Since(start);
    }
}
