using System.Text;
using System.Text.RegularExpressions;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>label_replace</c> and <c>label_join</c>: the values stay, the labels change.</summary>
internal static class LabelFunctions
{
    public static VectorOperator Replace(Expression.Call call, VectorOperator inner, IReadOnlyList<string> texts)
    {
        var (destination, replacement, source, pattern) = (texts[0], texts[1], texts[2], texts[3]);
        if (!LabelPattern.TryCompile(pattern, out var regex, out _))
        {
            throw Error($"invalid regular expression in label_replace(): {pattern}", call.Arguments[4]);
        }

        if (destination.Length == 0 || Literals.HasRawBytes(destination))
        {
            throw Error($"invalid destination label name in label_replace(): {destination}", call.Arguments[1]);
        }

        return Relabel(inner, destination, labels =>
        {
            var match = regex.Match(labels[source]);
            return match.Success ? labels.With(destination, Expand(replacement, match)) : null;
        });
    }

    public static VectorOperator Join(Expression.Call call, VectorOperator inner, IReadOnlyList<string> texts)
    {
        var (destination, separator) = (texts[0], texts[1]);
        foreach (var (name, i) in texts.Select((name, i) => (name, i)).Where(entry => entry.i != 1))
        {
            if (name.Length == 0 || Literals.HasRawBytes(name))
            {
                throw Error($"invalid {(i == 0 ? "destination" : "source")} label name in label_join(): {name}", call.Arguments[i + 1]);
            }
        }

        return Relabel(inner, destination, labels => labels.With(destination, string.Join(separator, texts.Skip(2).Select(name => labels[name]))));
    }

    private static MappedOperator Relabel(VectorOperator inner, string destination, Func<Labels, Labels?> relabel)
    {
        var series = inner.Series.Select(one => relabel(one.Labels) is { } labels
            ? new ResultSeries(labels, one.DropsName && destination != Labels.MetricName)
            : one).ToList();
        return new MappedOperator(inner, series, _ => { });
    }

    // Go's template syntax: $1, $name, ${name}; the longest possible name is taken and an unknown one is empty.
    private static string Expand(string template, Match match)
    {
        var text = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            if (template[at] != '$' || at + 1 >= template.Length)
            {
                text.Append(template[at++]);
                continue;
            }

            if (template[at + 1] == '$')
            {
                text.Append('$');
                at += 2;
                continue;
            }

            var isBraced = template[at + 1] == '{';
            var start = at + (isBraced ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_'))
            {
                end++;
            }

            if (end == start || (isBraced && (end >= template.Length || template[end] != '}')))
            {
                text.Append(template[at++]);
                continue;
            }

            text.Append(match.Groups[template[start..end]].Value);
            at = isBraced ? end + 1 : end;
        }

        return text.ToString();
    }

    private static QueryException Error(string message, Expression argument) => new(QueryErrorKind.Execution, message, argument.Position);
}
