using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Logs;

/// <summary>
/// Which attribute of log records is added up, under which name, and by which other attributes:
/// <c>ATTRIBUTE [as NAME] [by LABEL ...]</c>. An attribute may end in a star, which stands for the rest of it; a star in the name stands
/// for the same text. Without a name it is the attribute's.
/// </summary>
internal sealed class LogMetricRule
{
    private const int MaxLabels = 32;

    private readonly byte[] _attribute;
    private readonly bool _isPrefix;
    private readonly string _name;

    private LogMetricRule(string attribute, string name, IReadOnlyList<string> labels)
    {
        _isPrefix = attribute.EndsWith('*');
        _attribute = Encoding.UTF8.GetBytes(attribute.TrimEnd('*'));
        _name = name;
        // Each once, and never the one that is ours.
        Labels = [.. labels.Except([LogMetrics.SourceKey], StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The keys of the attributes that become labels, UTF-8.</summary>
    public IReadOnlyList<byte[]> Labels { get; }

    /// <summary>Reads a rule; false, with what is wrong, when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LogMetricRule? rule, out string problem)
    {
        rule = null;
        problem = "";
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var by = Array.IndexOf(words, "by");
        var labels = by < 0 ? [] : words[(by + 1)..];
        var head = by < 0 ? words : words[..by];
        if (head is not ([_] or [_, "as", _]) || (by >= 0 && labels.Length == 0))
        {
            problem = "a rule is written as ATTRIBUTE [as NAME] [by LABEL ...]";
            return false;
        }

        var (attribute, name) = (head[0], head.Length == 3 ? head[2] : head[0]);
        var star = attribute.IndexOf('*', StringComparison.Ordinal);
        if ((star >= 0 && star != attribute.Length - 1) || star == 0 || name.Count(character => character == '*') > (star < 0 ? 0 : 1))
        {
            problem = "a star stands at the end of the attribute and once in the name";
            return false;
        }

        if (labels.Length > MaxLabels || labels.Any(LongText.ContentKeys.Contains))
        {
            problem = $"at most {MaxLabels} labels, and none of prompts, inputs and outputs";
            return false;
        }

        rule = new LogMetricRule(attribute, name, labels);
        return true;
    }

    /// <summary>Whether the rule is about the attribute <paramref name="key"/>.</summary>
    public bool Matches(ReadOnlySpan<byte> key) => _isPrefix ? key.Length > _attribute.Length && key.StartsWith(_attribute) : key.SequenceEqual(_attribute);

    /// <summary>The name of the metric for the attribute <paramref name="key"/>, which matches.</summary>
    public string NameOf(ReadOnlySpan<byte> key) =>
        _isPrefix ? _name.Replace("*", Encoding.UTF8.GetString(key[_attribute.Length..]), StringComparison.Ordinal) : _name;
}
