using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gander.Query.PromQl.Plans;

/// <summary>How a query is going to be evaluated: for people as a tree of text, for programs as JSON.</summary>
/// <param name="Query">The query.</param>
/// <param name="StartMillis">The first step, Unix milliseconds.</param>
/// <param name="EndMillis">The last step, Unix milliseconds.</param>
/// <param name="StepMillis">The distance between steps; 0 for an instant query.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Root">The last operation.</param>
public sealed record QueryPlan(string Query, long StartMillis, long EndMillis, long StepMillis, int Steps, PlanNode Root)
{
    /// <summary>The plan as lines of text, an operation a line, inputs below and to the right.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(Steps == 1 ? "1 step" : $"{Steps} steps")} {Span(StartMillis, EndMillis)}\n");
        Append(text, Root, "", "");
        return text.ToString();
    }

    /// <summary>Writes the plan as one JSON object; times are seconds, positions are UTF-16 offsets.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("query", Query);
        writer.WriteNumber("start", StartMillis / 1000m);
        writer.WriteNumber("end", EndMillis / 1000m);
        writer.WriteNumber("step", StepMillis / 1000m);
        writer.WriteNumber("steps", Steps);
        writer.WritePropertyName("plan");
        WriteJson(Root, writer);
        writer.WriteEndObject();
    }

    private static void WriteJson(PlanNode node, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("operation", node.Operation);
        writer.WriteString("expression", node.Expression);
        writer.WriteNumber("from", node.Position.Start);
        writer.WriteNumber("to", node.Position.End);
        if (node.Series is { } series)
        {
            writer.WriteNumber("series", series);
        }

        if (node.Reads is { } reads)
        {
            writer.WriteNumber("firstTime", reads.FirstMillis / 1000m);
            writer.WriteNumber("lastTime", reads.LastMillis / 1000m);
        }

        if (node.Shared is { } shared)
        {
            writer.WriteNumber("shared", shared);
        }

        writer.WriteStartArray("notes");
        foreach (var note in node.Notes)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("inputs");
        foreach (var input in node.Inputs)
        {
            WriteJson(input, writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Append(StringBuilder text, PlanNode node, string first, string rest)
    {
        var notes = new List<string>(node.Notes);
        if (node.Series is { } series)
        {
            notes.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{series} series"));
        }

        if (node.Reads is { } reads)
        {
            notes.Add(Span(reads.FirstMillis, reads.LastMillis));
        }

        text.Append(first).Append(node.Operation);
        if (node.Shared is { } shared)
        {
            text.Append(CultureInfo.InvariantCulture, $"  [{shared}]");
        }

        text.Append(notes.Count == 0 ? "" : $"  ({string.Join("; ", notes)})").Append('\n');
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            var isLast = i == node.Inputs.Count - 1;
            Append(text, node.Inputs[i], rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "));
        }
    }

    private static string Span(long firstMillis, long lastMillis) => firstMillis == lastMillis ? $"at {Time(firstMillis)}" : $"from {Time(firstMillis)} to {Time(lastMillis)}";

    private static string Time(long millis) => millis is >= -62_135_596_800_000 and <= 253_402_300_799_999
        ? DateTimeOffset.FromUnixTimeMilliseconds(millis).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture)
        : (millis / 1000m).ToString(CultureInfo.InvariantCulture);
}
