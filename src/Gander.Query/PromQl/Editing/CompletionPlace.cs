using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Editing;

/// <summary>Finds out what may stand behind the tokens of an unfinished query.</summary>
internal static class CompletionPlace
{
    public static CompletionRequest Find(List<Token> tokens, int position)
    {
        if (tokens.Count > 0 && tokens[^1].Kind == TokenKind.Comment && tokens[^1].Position.End == position)
        {
            return Nothing(position);
        }

        tokens.RemoveAll(token => token.Kind == TokenKind.Comment);
        var open = OpenBracket(tokens);
        if (open >= 0 && tokens[open].Is("{"))
        {
            return InBraces(tokens, open, position);
        }

        if (tokens.Count > 0 && tokens[^1].Kind == TokenKind.End)
        {
            return Nothing(position);
        }

        if (open >= 0 && tokens[open].Is("["))
        {
            return Request(CompletionKind.Duration, tokens, position);
        }

        if (open > 0 && tokens[open - 1].Kind == TokenKind.Word && QueryEditor.GroupingWords.Contains(tokens[open - 1].Text))
        {
            return Request(CompletionKind.GroupingLabel, tokens, position) with { Metric = LastMetric(tokens) };
        }

        var typed = IsTyping(tokens, position) ? tokens.Count - 1 : tokens.Count;
        var isAfterOperand = typed > 0 && EndsOperand(tokens, typed - 1);
        return Request(isAfterOperand ? CompletionKind.Continuation : CompletionKind.Operand, tokens, position);
    }

    private static CompletionRequest InBraces(List<Token> tokens, int open, int position)
    {
        var metric = open > 0 && tokens[open - 1].Kind == TokenKind.Word ? tokens[open - 1].Text : null;
        var start = tokens.FindLastIndex(token => token.Is(",")) is var comma && comma > open ? comma + 1 : open + 1;
        var (matchers, quotedMetric) = Matchers(tokens, open + 1, start);
        var request = new CompletionRequest(
            CompletionKind.MatcherLabel, "", new TextPosition(position, position), metric ?? quotedMetric, matchers, null);
        var written = tokens.Count - start;
        if (written == 0)
        {
            return request;
        }

        if (written == 1 && tokens[^1].Kind == TokenKind.Word && tokens[^1].Position.End == position)
        {
            return request with { Prefix = tokens[^1].Text, Replaces = tokens[^1].Position };
        }

        // An unfinished text is what the lexer could not read: it begins with the quotation mark.
        if (written == 3 && tokens[^1] is { Kind: TokenKind.End, Text: ['"' or '\'' or '`', ..] } value)
        {
            var label = tokens[start].Kind == TokenKind.Text ? Literals.TryUnquote(tokens[start].Text) : tokens[start].Text;
            return request with
            {
                Kind = CompletionKind.LabelValue,
                Label = label,
                Prefix = value.Text[1..],
                Replaces = new TextPosition(value.Position.Start + 1, position),
            };
        }

        return request with { Kind = CompletionKind.Nothing };
    }

    private static (List<LabelMatcher> Matchers, string? Metric) Matchers(List<Token> tokens, int from, int to)
    {
        var matchers = new List<LabelMatcher>();
        string? metric = null;
        for (var i = from; i < to; i++)
        {
            if (i + 2 < to && tokens[i].Kind is TokenKind.Word or TokenKind.Text && Operator(tokens[i + 1]) is { } matchOperator && tokens[i + 2].Kind == TokenKind.Text)
            {
                var label = tokens[i].Kind == TokenKind.Text ? Literals.TryUnquote(tokens[i].Text) : tokens[i].Text;
                if (label is not null && Literals.TryUnquote(tokens[i + 2].Text) is { } value)
                {
                    matchers.Add(new LabelMatcher(label, matchOperator, value));
                }

                i += 2;
            }
            else if (tokens[i].Kind == TokenKind.Text)
            {
                metric ??= Literals.TryUnquote(tokens[i].Text);
            }
        }

        return (matchers, metric);
    }

    private static MatchOperator? Operator(Token token) => token.Text switch
    {
        "=" => MatchOperator.Equal,
        "!=" => MatchOperator.NotEqual,
        "=~" => MatchOperator.Matches,
        "!~" => MatchOperator.NotMatches,
        _ => null,
    };

    private static int OpenBracket(List<Token> tokens)
    {
        var closed = 0;
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (tokens[i].Is(")") || tokens[i].Is("]") || tokens[i].Is("}"))
            {
                closed++;
            }
            else if ((tokens[i].Is("(") || tokens[i].Is("[") || tokens[i].Is("{")) && closed-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsTyping(List<Token> tokens, int position) =>
        tokens.Count > 0 && tokens[^1].Kind is TokenKind.Word or TokenKind.Number && tokens[^1].Position.End == position;

    private static bool EndsOperand(List<Token> tokens, int at)
    {
        var token = tokens[at];
        return token.Kind switch
        {
            TokenKind.Number or TokenKind.Text => true,
            TokenKind.Symbol => token.Text is "}" or "]" || (token.Text == ")" && !ClosesMatching(tokens, at)),
            TokenKind.Word => !Keywords.Operators.ContainsKey(token.Text) && !token.IsWord("bool") && !token.IsWord("offset") && !QueryEditor.GroupingWords.Contains(token.Text),
            _ => false,
        };
    }

    // Behind `a * on (b)` an operand is missing still; behind `sum(a) by (b)` none is.
    private static bool ClosesMatching(List<Token> tokens, int at)
    {
        var depth = 0;
        for (var i = at; i >= 0; i--)
        {
            depth += tokens[i].Is(")") ? 1 : tokens[i].Is("(") ? -1 : 0;
            if (depth == 0)
            {
                return i > 0 && (tokens[i - 1].IsWord("on") || tokens[i - 1].IsWord("ignoring") || tokens[i - 1].IsWord("group_left") || tokens[i - 1].IsWord("group_right"));
            }
        }

        return false;
    }

    private static string? LastMetric(List<Token> tokens)
    {
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            var isFollowed = i + 1 < tokens.Count && (tokens[i + 1].Is("{") || tokens[i + 1].Is("[") || tokens[i + 1].Is(")"));
            var isInGrouping = OpenBracket(tokens[..i]) is var open && open > 0 && QueryEditor.GroupingWords.Contains(tokens[open - 1].Text);
            var isInBraces = open >= 0 && tokens[open].Is("{");
            if (tokens[i].Kind == TokenKind.Word && isFollowed && !isInGrouping && !isInBraces)
            {
                return tokens[i].Text;
            }
        }

        return null;
    }

    private static CompletionRequest Request(CompletionKind kind, List<Token> tokens, int position) => IsTyping(tokens, position)
        ? new CompletionRequest(kind, tokens[^1].Text, tokens[^1].Position, null, [], null)
        : new CompletionRequest(kind, "", new TextPosition(position, position), null, [], null);

    private static CompletionRequest Nothing(int position) =>
        new(CompletionKind.Nothing, "", new TextPosition(position, position), null, [], null);
}
