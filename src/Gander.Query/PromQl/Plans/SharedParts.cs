using System.Globalization;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Plans;

/// <summary>
/// The parts of a query that occur more than once over the same steps, so that they are evaluated once. Parts of a subquery are
/// told apart from the same text outside of it, because their steps differ.
/// </summary>
internal sealed class SharedParts
{
    private readonly Dictionary<Expression, string> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Looks through a whole query.</summary>
    public static SharedParts Find(Expression root)
    {
        var parts = new SharedParts();
        parts.Count(root, "");
        return parts;
    }

    /// <summary>The number of a part that is used more than once, counted from 1, or null.</summary>
    public int? NumberOf(Expression expression) => _keys.TryGetValue(expression, out var key) && _uses[key] > 1 ? _numbers[key] : null;

    /// <summary>How often the part occurs, larger equal parts counted as one use.</summary>
    public int UsesOf(Expression expression) => _keys.TryGetValue(expression, out var key) ? _uses[key] : 1;

    private void Count(Expression expression, string steps)
    {
        if (expression is Expression.Parenthesised inner)
        {
            Count(inner.Inner, steps);
            return;
        }

        if (expression.Type == ExpressionType.InstantVector && !IsCheap(expression))
        {
            var key = $"{steps}\n{PromQlPrinter.PrintLine(expression)}";
            _keys.Add(expression, key);
            if (_uses.TryGetValue(key, out var uses))
            {
                _numbers.TryAdd(key, _numbers.Count + 1);
                _uses[key] = uses + 1;
                return;
            }

            _uses.Add(key, 1);
        }

        var innerSteps = expression is Expression.Subquery subquery
            ? string.Create(CultureInfo.InvariantCulture, $"{steps}{DurationText.Of(subquery.Range)}:{(subquery.Step is null ? "" : DurationText.Of(subquery.Step))}:{Modifiers(subquery)};")
            : steps;
        foreach (var child in expression.Children)
        {
            Count(child, innerSteps);
        }
    }

    private static string Modifiers(Expression.Subquery subquery) =>
        PromQlPrinter.PrintLine(subquery with { Inner = new Expression.Number(0, subquery.Position) });

    // A vector made of a number costs less than keeping it.
    private static bool IsCheap(Expression expression) => expression is Expression.Call { Function.Name: "vector" };
}
