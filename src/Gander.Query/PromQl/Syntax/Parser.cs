using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Reads PromQL as Prometheus 3 does: the whole language, with experimental parts behind <see cref="PromQlFeatures"/>. The
/// tree it returns is checked: functions exist, arguments have the right types, operators fit their operands.
/// </summary>
public sealed partial class Parser
{
    /// <summary>Deeper nesting is refused, so that no query can exhaust the stack.</summary>
    public const int MaxDepth = 200;

    private readonly Lexer _lexer;
    private readonly PromQlFeatures _features;
    private Token _token;
    private Token _next;
    private Token _lastToken;
    private int _lastEnd;
    private int _depth;
    private bool _allowsEmptyMatchers;

    private Parser(string query, PromQlFeatures features)
    {
        _lexer = new Lexer(query);
        _features = features;
        _token = _lexer.Next();
        _next = _token;
        if (_token.Kind != TokenKind.End)
        {
            _next = _lexer.Next();
        }
    }

    /// <summary>Parses a whole query.</summary>
    /// <exception cref="QueryException">What is wrong, where, and what was expected.</exception>
    public static Expression Parse(string query, PromQlFeatures features = PromQlFeatures.None)
    {
        var parser = new Parser(query, features);
        if (parser._token.Kind == TokenKind.End)
        {
            throw new QueryException(QueryErrorKind.BadQuery, "no expression found in input", new TextPosition(0, 0));
        }

        var expression = parser.ParseExpression(0);
        return parser._token.Kind == TokenKind.End ? expression : throw Unexpected(parser._token);
    }

    private Expression ParseExpression(int minPrecedence)
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"the query is nested more than {MaxDepth} levels deep", _token.Position);
        }

        var left = ParseUnary();
        while (TryPeekOperator(out var binaryOperator) && Keywords.Precedence(binaryOperator) is var precedence && precedence > minPrecedence)
        {
            var operatorToken = Take();
            var modifiers = ParseBinaryModifiers(binaryOperator, operatorToken);
            var right = ParseExpression(binaryOperator == BinaryOperator.Power ? precedence - 1 : precedence);
            left = BinaryChecks.Create(binaryOperator, operatorToken.Position, left, right, modifiers);
        }

        _depth--;
        return left;
    }

    private Expression ParseUnary()
    {
        if (!_token.Is("+") && !_token.Is("-"))
        {
            return ParsePostfix(ParsePrimary());
        }

        var sign = Take();
        var inner = ParseExpression(Keywords.Precedence(BinaryOperator.Multiply));
        var position = TextPosition.Covering(sign.Position, inner.Position);
        if (inner.Type is not (ExpressionType.Scalar or ExpressionType.InstantVector))
        {
            throw Error(
                $"unary expression only allowed on expressions of type scalar or instant vector, got \"{inner.Type.Describe()}\"", position);
        }

        return inner is Expression.Number number
            ? number with { Value = sign.Text == "-" ? -number.Value : number.Value, Position = position }
            : new Expression.Unary(sign.Text == "-", inner, position);
    }

    private bool TryPeekOperator(out BinaryOperator binaryOperator)
    {
        binaryOperator = default;
        return _token.Kind is TokenKind.Symbol or TokenKind.Word && Keywords.Operators.TryGetValue(_token.Text, out binaryOperator);
    }

    private Expression ParsePrimary()
    {
        switch (_token.Kind)
        {
            case TokenKind.Number:
                var number = Take();
                return Literals.TryReadNumber(number.Text, out var value)
                    ? new Expression.Number(value, number.Position) { IsDuration = Literals.IsDuration(number.Text) }
                    : throw Error($"bad number or duration syntax: \"{number.Text}\"", number.Position);
            case TokenKind.Text:
                return new Expression.Text(TakeText(), _lastToken.Position);
            case TokenKind.Word:
                return ParseWord();
            case TokenKind.Symbol when _token.Text == "(":
                var open = Take();
                var inner = ParseExpression(0);
                return new Expression.Parenthesised(inner, TextPosition.Covering(open.Position, Close()));
            case TokenKind.Symbol when _token.Text == "{":
                return ParseSelector(null, _token.Position);
            default:
                throw Unexpected(_token);
        }
    }

    private Expression ParseWord()
    {
        var word = _token.Text;
        if (Keywords.Aggregates.TryGetValue(word, out var aggregate) && (_next.Is("(") || _next.IsWord("by") || _next.IsWord("without")))
        {
            return ParseAggregate(aggregate);
        }

        if (_next.Is("("))
        {
            return ParseCall();
        }

        if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            var token = Take();
            return new Expression.Number(word[0] is 'i' or 'I' ? double.PositiveInfinity : double.NaN, token.Position);
        }

        if (Keywords.NotNames.Contains(word))
        {
            throw Unexpected(_token);
        }

        var name = Take();
        return ParseSelector(name.Text, name.Position);
    }

    private Expression.Call ParseCall()
    {
        var name = Take();
        if (!Functions.TryFind(name.Text, out var function))
        {
            throw Error($"unknown function with name \"{name.Text}\"", name.Position);
        }

        if (function.IsExperimental && !_features.HasFlag(PromQlFeatures.ExperimentalFunctions) && !IsDurationFunction(name.Text))
        {
            throw Error($"function \"{name.Text}\" is not enabled; start with the feature promql-experimental-functions", name.Position);
        }

        var arguments = ParseArguments(isInfo: function.Name == "info");
        var call = new Expression.Call(function, arguments, new TextPosition(name.Position.Start, _lastEnd));
        CallChecks.Check(call);
        return call;
    }

    private bool IsDurationFunction(string name) =>
        name is "start" or "end" or "step" or "range" or "min_of" or "max_of" && _features.HasFlag(PromQlFeatures.DurationExpressions);

    private List<Expression> ParseArguments(bool isInfo = false)
    {
        Expect("(", "in function call");
        var arguments = new List<Expression>();
        while (!_token.Is(")"))
        {
            _allowsEmptyMatchers = isInfo && arguments.Count == 1;
            arguments.Add(ParseExpression(0));
            _allowsEmptyMatchers = false;
            if (!_token.Is(","))
            {
                break;
            }

            var comma = Take();
            if (_token.Is(")"))
            {
                throw Error("trailing commas not allowed in function call args", comma.Position);
            }
        }

        Close();
        return arguments;
    }

    private Expression.Aggregate ParseAggregate(AggregateOperator aggregate)
    {
        var name = Take();
        var before = ParseGrouping();
        var arguments = ParseArguments();
        var (grouping, without) = before ?? ParseGrouping() ?? ([], false);

        if (aggregate is AggregateOperator.LimitK or AggregateOperator.LimitRatio && !_features.HasFlag(PromQlFeatures.ExperimentalFunctions))
        {
            throw Error($"{name.Text}() is not enabled; start with the feature promql-experimental-functions", name.Position);
        }

        return CallChecks.Create(aggregate, arguments, grouping, without, new TextPosition(name.Position.Start, _lastEnd));
    }

    private (IReadOnlyList<string> Labels, bool Without)? ParseGrouping()
    {
        if (!_token.IsWord("without") && !_token.IsWord("by"))
        {
            return null;
        }

        var without = Take().IsWord("without");
        return (ParseLabels(), without);
    }

    private List<string> ParseLabels()
    {
        Expect("(", "in grouping opts");
        var labels = new List<string>();
        while (!_token.Is(")"))
        {
            labels.Add(_token.Kind switch
            {
                TokenKind.Text => TakeText(),
                TokenKind.Word when !_token.Text.Contains(':', StringComparison.Ordinal) => Take().Text,
                _ => throw Error($"unexpected {_token} in grouping opts, expected label", _token.Position),
            });
            if (!_token.Is(","))
            {
                break;
            }

            Take();
        }

        Expect(")", "in grouping opts");
        return labels;
    }

    private Token Take()
    {
        _lastToken = _token;
        _lastEnd = _token.Position.End;
        _token = _next;
        _next = _token.Kind == TokenKind.End ? _token : _lexer.Next();
        return _lastToken;
    }

    private string TakeText()
    {
        var token = Take();
        return Literals.TryUnquote(token.Text) ?? throw Error($"error unquoting string {token.Text}: invalid escape", token.Position);
    }

    private TextPosition Close() =>
        _token.Is(")") ? Take().Position
        : throw Error(_token.Kind == TokenKind.End ? "unclosed left parenthesis" : $"unexpected {_token}, expected \",\" or \")\"", _token.Position);

    private Token Expect(string symbol, string context) =>
        _token.Is(symbol) ? Take() : throw Error($"unexpected {_token} {context}, expected \"{symbol}\"", _token.Position);

    private static QueryException Unexpected(Token token) => token.Is(")")
        ? Error("unexpected right parenthesis ')'", new TextPosition(token.Position.End, token.Position.End))
        : Error($"unexpected {token}", token.Position);

    private static QueryException Error(string message, TextPosition position) => new(QueryErrorKind.BadQuery, message, position);
}
