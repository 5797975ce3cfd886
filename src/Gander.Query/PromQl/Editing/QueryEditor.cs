using System.Collections.Frozen;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Editing;

/// <summary>What an editor for PromQL asks: colours and completion, for queries that may be wrong or unfinished. Never throws for a query.</summary>
public static class QueryEditor
{
    /// <summary>Longer queries are not looked at: an editor asks at each key.</summary>
    public const int MaxLength = 100_000;

    internal static readonly FrozenSet<string> GroupingWords =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "by", "without", "on", "ignoring", "group_left", "group_right");

    private static readonly FrozenSet<string> s_keywords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset", "anchored", "smoothed", "fill", "fill_left", "fill_right", "inf", "nan");

    /// <summary>The pieces of a query in order; white space is left out.</summary>
    public static IReadOnlyList<EditorToken> Tokens(string query)
    {
        var tokens = Read(query);
        var result = new List<EditorToken>(tokens.Count);
        var (isInBraces, groupingDepth, depth) = (false, -1, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var next = i + 1 < tokens.Count ? tokens[i + 1] : default;
            if (token.Is("("))
            {
                groupingDepth = groupingDepth < 0 && i > 0 && tokens[i - 1].Kind == TokenKind.Word && GroupingWords.Contains(tokens[i - 1].Text) ? depth : groupingDepth;
                depth++;
            }
            else if (token.Is(")"))
            {
                depth--;
                groupingDepth = depth == groupingDepth ? -1 : groupingDepth;
            }

            isInBraces = token.Is("{") || (isInBraces && !token.Is("}"));
            result.Add(new EditorToken(Classify(token, next, isInBraces, groupingDepth >= 0), token.Position));
        }

        return result;
    }

    /// <summary>What may be written at <paramref name="position"/>.</summary>
    public static CompletionRequest CompletionAt(string query, int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, query.Length);
        return CompletionPlace.Find(Read(query[..position]), position);
    }

    private static EditorTokenKind Classify(Token token, Token next, bool isInBraces, bool isInGrouping)
    {
        switch (token.Kind)
        {
            case TokenKind.Comment:
                return EditorTokenKind.Comment;
            case TokenKind.End:
                return EditorTokenKind.Invalid;
            case TokenKind.Number:
                return Literals.IsDuration(token.Text) ? EditorTokenKind.Duration : EditorTokenKind.Number;
            case TokenKind.Text:
                return isInBraces && next.Kind == TokenKind.Symbol && (next.Text[0] is '=' or '!') ? EditorTokenKind.Label
                    : isInGrouping ? EditorTokenKind.Label
                    : EditorTokenKind.Text;
            case TokenKind.Symbol:
                return "(){}[],".Contains(token.Text, StringComparison.Ordinal) ? EditorTokenKind.Punctuation : EditorTokenKind.Operator;
            default:
                return isInBraces || isInGrouping ? EditorTokenKind.Label : ClassifyWord(token, next);
        }
    }

    private static EditorTokenKind ClassifyWord(Token token, Token next)
    {
        var isCalled = next.Is("(");
        if (Keywords.Aggregates.ContainsKey(token.Text) && (isCalled || next.IsWord("by") || next.IsWord("without")))
        {
            return EditorTokenKind.Aggregation;
        }

        if (s_keywords.Contains(token.Text) || Keywords.Operators.ContainsKey(token.Text))
        {
            return EditorTokenKind.Keyword;
        }

        return isCalled ? EditorTokenKind.Function : token.Text[0] == ':' && token.Text.Length == 1 ? EditorTokenKind.Operator : EditorTokenKind.Metric;
    }

    /// <summary>The tokens, comments included; where one cannot be read, the rest of the query is one of kind End.</summary>
    private static List<Token> Read(string query)
    {
        var tokens = new List<Token>();
        query = query.Length <= MaxLength ? query : query[..MaxLength];
        var lexer = new Lexer(query, keepComments: true);
        try
        {
            for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
            {
                tokens.Add(token);
            }
        }
        catch (QueryException error)
        {
            var start = Math.Max(error.Position?.Start ?? 0, tokens.Count == 0 ? 0 : tokens[^1].Position.End);
            tokens.Add(new Token(TokenKind.End, query[start..], new TextPosition(start, query.Length)));
        }

        return tokens;
    }
}
