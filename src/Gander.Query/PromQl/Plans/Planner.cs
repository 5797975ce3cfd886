using System.Globalization;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Plans;

/// <summary>Describes how the engine evaluates a query, by the rules that the engine itself follows.</summary>
/// <param name="query">The query's steps and limits.</param>
/// <param name="shared">What occurs more than once.</param>
internal sealed class Planner(QueryState query, SharedParts shared)
{
    private readonly HashSet<int> _shown = [];

    /// <summary>Describes a part that is evaluated at the steps of <paramref name="context"/>.</summary>
    public async ValueTask<PlanNode> DescribeAsync(Expression expression, EvaluationContext context)
    {
        expression = expression.Unwrapped;
        var number = shared.NumberOf(expression);
        var notes = new List<string>();
        var node = new PlanNode
        {
            Operation = Operation(expression),
            Expression = PromQlPrinter.PrintLine(expression),
            Position = expression.Position,
            Shared = number,
            Notes = notes,
        };
        if (number is { } known && !_shown.Add(known))
        {
            notes.Add("the result above is used again");
            return node;
        }

        if (number is not null)
        {
            notes.Add($"evaluated once for {shared.UsesOf(expression)} uses");
        }

        if (context.Steps > 1 && StepInvariance.Holds(expression) && expression is not (Expression.Number or Expression.Text))
        {
            notes.Add("the same at every step: evaluated once");
            context = context with { Steps = 1 };
        }

        return await DescribeAsync(expression, node, notes, context).ConfigureAwait(false);
    }

    private async ValueTask<PlanNode> DescribeAsync(Expression expression, PlanNode node, List<string> notes, EvaluationContext context)
    {
        switch (expression)
        {
            case Expression.VectorSelector selector:
                return await SelectAsync(node, selector, context.Query.Limits.LookbackMillis, context).ConfigureAwait(false);
            case Expression.RangeSelector range:
                return await SelectAsync(node, range.Selector, context.Millis(range.Range), context).ConfigureAwait(false);
            case Expression.Subquery subquery:
                var inner = context.Subquery(subquery);
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{inner.Steps} inner steps of {DurationText.Of(inner.StepMillis)}"));
                return inner.Steps == 0 ? node : node with { Inputs = [await DescribeAsync(subquery.Inner, inner).ConfigureAwait(false)] };
        }

        notes.AddRange(Strategy.Notes(expression));
        var inputs = new List<PlanNode>();
        foreach (var child in expression.Children.Where(child => child.Unwrapped is not (Expression.Number or Expression.Text)))
        {
            inputs.Add(await DescribeAsync(child, context).ConfigureAwait(false));
        }

        return node with { Inputs = inputs };
    }

    private async ValueTask<PlanNode> SelectAsync(PlanNode node, Expression.VectorSelector selector, long windowMillis, EvaluationContext context)
    {
        var references = context.References(selector.Modifiers);
        var (first, last) = (references[0] - windowMillis + 1, references[context.Steps - 1]);
        var set = await query.Source.SelectAsync(selector.Matchers, first, last, query.CancellationToken).ConfigureAwait(false);
        return node with { Series = set.Series.Count, Reads = (first, last) };
    }

    private static string Operation(Expression expression) => expression switch
    {
        Expression.Number or Expression.Text => PromQlPrinter.PrintLine(expression),
        Expression.VectorSelector or Expression.RangeSelector => $"select {PromQlPrinter.PrintLine(expression)}",
        Expression.Subquery subquery => $"subquery over {DurationText.Of(subquery.Range)}",
        Expression.Call call => $"{call.Function.Name}({string.Join(", ", call.Arguments.Select(Argument))})",
        Expression.Aggregate { Parameter: null } aggregate => Grouping(aggregate),
        Expression.Aggregate aggregate => $"{Grouping(aggregate)} of {Argument(aggregate.Parameter)}",
        Expression.Unary unary => unary.Negates ? "negate" : "plus",
        Expression.Binary binary => Pairing(binary),
        _ => expression.GetType().Name,
    };

    private static string Argument(Expression argument) =>
        argument.Unwrapped is Expression.Number or Expression.Text ? PromQlPrinter.PrintLine(argument) : "…";

    private static string Grouping(Expression.Aggregate aggregate)
    {
        var name = Keywords.TextOf(aggregate.Operator);
        var labels = string.Join(", ", aggregate.Grouping);
        return aggregate.Without ? $"{name} without ({labels})" : aggregate.Grouping.Count > 0 ? $"{name} by ({labels})" : name;
    }

    private static string Pairing(Expression.Binary binary)
    {
        var sign = Keywords.TextOf(binary.Operator) + (binary.ReturnsBool ? " bool" : "");
        if (binary.Matching is not { } matching)
        {
            return $"{Argument(binary.Left)} {sign} {Argument(binary.Right)}";
        }

        var labels = string.Join(", ", matching.Labels);
        var group = matching.Cardinality switch
        {
            MatchCardinality.ManyToOne => $" group_left ({string.Join(", ", matching.Include)})",
            MatchCardinality.OneToMany => $" group_right ({string.Join(", ", matching.Include)})",
            _ => "",
        };
        return $"{sign}{(matching.On ? $" on ({labels})" : matching.Labels.Count > 0 ? $" ignoring ({labels})" : "")}{group}";
    }
}
