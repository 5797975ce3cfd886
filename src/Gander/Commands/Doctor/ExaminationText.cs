using System.Globalization;
using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>Shows an examination to a person.</summary>
internal static class ExaminationText
{
    private const string Indent = "           ";

    /// <summary>Its lines.</summary>
    public static IEnumerable<string> Lines(Examination examination)
    {
        yield return $"Gander   {(examination.Server is { } server ? Masked.Authority(server) : "no pages")}";
        foreach (var line in examination.ServerFindings.SelectMany(Lines))
        {
            yield return line;
        }

        foreach (var agent in examination.Agents)
        {
            yield return "";
            yield return $"{agent.Agent.Title}   {agent.Program ?? ""}".TrimEnd();
            foreach (var line in agent.Findings.SelectMany(Lines))
            {
                yield return line;
            }
        }

        yield return "";
        yield return Summary(examination);
    }

    private static string Summary(Examination examination)
    {
        var (problems, warnings) = (examination.Count(FindingLevel.Problem), examination.Count(FindingLevel.Warning));
        return problems + warnings == 0
            ? "All is well."
            : string.Create(CultureInfo.InvariantCulture, $"{Counted(problems, "problem")}, {Counted(warnings, "warning")}.");
    }

    private static string Counted(int count, string word) => string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");

    private static IEnumerable<string> Lines(Finding finding)
    {
        yield return $"  {Word(finding.Level),-8} {finding.What}";
        if (finding.Why.Length > 0)
        {
            yield return Indent + finding.Why;
        }

        if (finding.Fix.Length > 0)
        {
            yield return $"{Indent}> {finding.Fix}";
        }
    }

    private static string Word(FindingLevel level) => level switch
    {
        FindingLevel.Problem => "PROBLEM",
        FindingLevel.Warning => "WARNING",
        FindingLevel.Note => "note",
        _ => "ok",
    };
}
