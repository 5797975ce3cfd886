using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <content>Selectors, their modifiers, and how operators pair series.</content>
public sealed partial class Parser
{
    private Expression.VectorSelector ParseSelector(string? name, TextPosition start)
    {
        var matchers = new List<LabelMatcher>();
        if (name is not null)
        {
            matchers.Add(new LabelMatcher("__name__", MatchOperator.Equal, name));
        }

        var outerName = name;
        if (_token.Is("{"))
        {
            Take();
            ParseMatchers(matchers, ref name);
        }

        var selector = new Expression.VectorSelector(name, matchers, default, new TextPosition(start.Start, _lastEnd));
        CheckMatchers(selector, outerName);
        return selector;
    }

    private void ParseMatchers(List<LabelMatcher> matchers, ref string? name)
    {
        while (!_token.Is("}"))
        {
            var token = _token.Kind switch
            {
                TokenKind.Text => Take(),
                TokenKind.Word when !_token.Text.Contains(':', StringComparison.Ordinal) => Take(),
                TokenKind.End => throw Error("unexpected end of input inside braces", _token.Position),
                _ => throw Error($"unexpected {_token} in label matching, expected identifier or \"}}\"", _token.Position),
            };
            var label = token.Kind == TokenKind.Text ? Unquote(token) : token.Text;
            if (token.Kind == TokenKind.Text && (_token.Is(",") || _token.Is("}")))
            {
                SetName(label, token, matchers, ref name);
            }
            else
            {
                matchers.Add(ParseMatcher(label));
            }

            if (!_token.Is(","))
            {
                break;
            }

            Take();
        }

        if (!_token.Is("}"))
        {
            throw Error($"unexpected {_token} in label matching, expected \",\" or \"}}\"", _token.Position);
        }

        Take();
    }

    private static void SetName(string label, Token token, List<LabelMatcher> matchers, ref string? name)
    {
        if (name is not null)
        {
            throw Error($"metric name must not be set twice: \"{name}\" or \"{label}\"", token.Position);
        }

        name = label;
        matchers.Add(new LabelMatcher("__name__", MatchOperator.Equal, label));
    }

    private LabelMatcher ParseMatcher(string label)
    {
        var matchOperator = _token switch
        {
            var token when token.Is("=") => MatchOperator.Equal,
            var token when token.Is("!=") => MatchOperator.NotEqual,
            var token when token.Is("=~") => MatchOperator.Matches,
            var token when token.Is("!~") => MatchOperator.NotMatches,
            { Kind: TokenKind.End } => throw Error("unexpected end of input inside braces", _token.Position),
            _ => throw Error($"unexpected {_token} in label matching, expected label matching operator", _token.Position),
        };
        Take();
        if (_token.Kind != TokenKind.Text)
        {
            throw Error($"unexpected {_token} in label matching, expected string", _token.Position);
        }

        var value = TakeText();
        if (matchOperator is MatchOperator.Matches or MatchOperator.NotMatches && !LabelPattern.TryParse(value, out _, out var problem))
        {
            throw Error($"error parsing regexp: {problem}", _lastToken.Position);
        }

        return new LabelMatcher(label, matchOperator, value);
    }

    private void CheckMatchers(Expression.VectorSelector selector, string? outerName)
    {
        if (outerName is not null
            && selector.Matchers.Skip(1).FirstOrDefault(matcher => matcher is { Label: "__name__", Operator: MatchOperator.Equal }) is { } second)
        {
            throw Error($"metric name must not be set twice: \"{outerName}\" or \"{second.Value}\"", selector.Position);
        }

        // The selector of info() only chooses labels of series that are found by others.
        if (!_allowsEmptyMatchers && selector.Matchers.All(matcher => matcher.Matches("")))
        {
            throw Error("vector selector must contain at least one non-empty matcher", selector.Position);
        }
    }

    private Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            if (_token.Is("["))
            {
                expression = ParseBrackets(expression);
            }
            else if (_token.IsWord("offset"))
            {
                var keyword = Take();
                var offset = ParseOffset();
                expression = Modify(expression, keyword, "offset", modifiers => modifiers.Offset is null ? modifiers with { Offset = offset } : null);
            }
            else if (_token.Is("@"))
            {
                var keyword = Take();
                var at = ParseAt(expression);
                expression = Modify(expression, keyword, "@ <timestamp>", modifiers => modifiers.At is null ? modifiers with { At = at } : null);
            }
            else if (_token.IsWord("anchored") || _token.IsWord("smoothed"))
            {
                expression = ParseEdges(expression);
            }
            else
            {
                return expression;
            }
        }
    }

    private Expression ParseEdges(Expression expression)
    {
        var keyword = Take();
        if (!_features.HasFlag(PromQlFeatures.ExtendedRangeSelectors))
        {
            throw Error($"{keyword.Text} modifier is not enabled; start with the feature promql-extended-range-selectors", keyword.Position);
        }

        var edges = keyword.IsWord("anchored") ? RangeEdges.Anchored : RangeEdges.Smoothed;
        if (expression is Expression.Subquery || (expression is Expression.VectorSelector && edges == RangeEdges.Anchored))
        {
            throw Error($"{keyword.Text} modifier is not supported on {(expression is Expression.Subquery ? "subqueries" : "instant selectors")}", keyword.Position);
        }

        return Modify(expression, keyword, keyword.Text, modifiers => modifiers.Edges == RangeEdges.Plain ? modifiers with { Edges = edges } : null);
    }

    private Expression Modify(Expression expression, Token keyword, string what, Func<Modifiers, Modifiers?> change)
    {
        var position = new TextPosition(expression.Position.Start, _lastEnd);
        var twice = Error($"{what} may not be set multiple times", expression.Position);
        return expression switch
        {
            Expression.VectorSelector selector => selector with { Modifiers = change(selector.Modifiers) ?? throw twice, Position = position },
            Expression.RangeSelector range => range with
            {
                Selector = range.Selector with { Modifiers = change(range.Selector.Modifiers) ?? throw twice },
                Position = position,
            },
            Expression.Subquery subquery => subquery with { Modifiers = change(subquery.Modifiers) ?? throw twice, Position = position },
            _ => throw Error(
                $"{what} modifier must be preceded by an instant vector selector or range vector selector or a subquery", expression.Position),
        };
    }

    private AtModifier ParseAt(Expression expression)
    {
        if ((_token.IsWord("start") || _token.IsWord("end")) && _next.Is("("))
        {
            var isStart = Take().IsWord("start");
            Expect("(", "in @");
            Expect(")", "in @");
            return isStart ? new AtModifier.QueryStart() : new AtModifier.QueryEnd();
        }

        var sign = _token.Is("-") || _token.Is("+") ? Take().Text : "";
        double seconds;
        if (_token.Kind == TokenKind.Number && Literals.TryReadNumber(_token.Text, out seconds))
        {
            Take();
        }
        else if (_token.IsWord("inf") || _token.IsWord("nan"))
        {
            Take();
            seconds = double.PositiveInfinity;
        }
        else
        {
            throw Error($"unexpected {_token} in @, expected timestamp", _token.Position);
        }

        if (!double.IsFinite(seconds) || seconds >= long.MaxValue / 1000.0)
        {
            throw Error($"timestamp out of bounds for @ modifier: {sign}{(double.IsFinite(seconds) ? _lastToken.Text : "Inf")}", expression.Position);
        }

        var millis = Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
        return new AtModifier.Time((long)(sign == "-" ? -millis : millis));
    }

    private (bool ReturnsBool, VectorMatching? Matching) ParseBinaryModifiers(BinaryOperator binaryOperator, Token operatorToken)
    {
        var returnsBool = false;
        if (_token.IsWord("bool"))
        {
            Take();
            returnsBool = Keywords.IsComparison(binaryOperator)
                ? true
                : throw Error("bool modifier can only be used on comparison operators", operatorToken.Position);
        }

        var cardinality = Keywords.IsSetOperator(binaryOperator) ? MatchCardinality.ManyToMany : MatchCardinality.OneToOne;
        if (!_token.IsWord("on") && !_token.IsWord("ignoring"))
        {
            return (returnsBool, ParseFill(new VectorMatching(cardinality, [], false, [])));
        }

        var on = Take().IsWord("on");
        IReadOnlyList<string> labels = ParseLabels(), include = [];
        if (_token.IsWord("group_left") || _token.IsWord("group_right"))
        {
            cardinality = Take().IsWord("group_left") ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany;
            include = _token.Is("(") ? ParseLabels() : [];
        }

        return (returnsBool, ParseFill(new VectorMatching(cardinality, labels, on, include)));
    }

    private VectorMatching ParseFill(VectorMatching matching)
    {
        while (_next.Is("(") && (_token.IsWord("fill") || _token.IsWord("fill_left") || _token.IsWord("fill_right")))
        {
            var keyword = Take();
            if (!_features.HasFlag(PromQlFeatures.FillModifiers))
            {
                throw Error($"{keyword.Text} is not enabled; start with the feature promql-binop-fill-modifiers", keyword.Position);
            }

            Expect("(", "in fill");
            var value = ParseExpression(0) is Expression.Number number
                ? number.Value
                : throw Error("fill takes a number", keyword.Position);
            Close();
            matching = matching with
            {
                FillLeft = keyword.IsWord("fill_right") ? matching.FillLeft : value,
                FillRight = keyword.IsWord("fill_left") ? matching.FillRight : value,
            };
        }

        return matching;
    }

    private static string Unquote(Token token) =>
        Literals.TryUnquote(token.Text) ?? throw Error($"error unquoting string {token.Text}: invalid escape", token.Position);
}
