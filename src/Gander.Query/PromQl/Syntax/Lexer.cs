using System.Collections.Frozen;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Cuts a query into tokens one at a time, skipping white space and comments. Words are not told apart here: whether
/// <c>sum</c> is an aggregation or a metric only the parser can know.
/// </summary>
/// <param name="query">The query.</param>
/// <param name="keepComments">Whether comments come as tokens, for highlighting.</param>
public sealed class Lexer(string query, bool keepComments = false)
{
    private static readonly FrozenSet<string> s_twoCharacterSymbols =
        FrozenSet.Create(StringComparer.Ordinal, "==", "!=", "<=", ">=", "=~", "!~", "</", ">/");

    private int _at;

    /// <summary>The next token; <see cref="TokenKind.End"/> again and again once the query is used up.</summary>
    /// <exception cref="QueryException">A character, number or quotation that cannot be.</exception>
    public Token Next()
    {
        while (true)
        {
            while (_at < query.Length && IsWhiteSpace(query[_at]))
            {
                _at++;
            }

            if (_at >= query.Length)
            {
                return new Token(TokenKind.End, "", new TextPosition(query.Length, query.Length));
            }

            if (query[_at] != '#')
            {
                return Scan();
            }

            var start = _at;
            var newLine = query.IndexOf('\n', _at);
            _at = newLine < 0 ? query.Length : newLine;
            if (keepComments)
            {
                return Cut(TokenKind.Comment, start);
            }
        }
    }

    private static bool IsWhiteSpace(char character) => character is ' ' or '\t' or '\n' or '\r';

    private static bool IsWordStart(char character) => char.IsAsciiLetter(character) || character is '_' or ':';

    private static bool IsWordPart(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or ':';

    private Token Scan()
    {
        var start = _at;
        var character = query[_at];
        if (character == ':' && !(_at + 1 < query.Length && IsWordStart(query[_at + 1])))
        {
            _at++;
            return Cut(TokenKind.Symbol, start);
        }

        if (IsWordStart(character))
        {
            while (_at < query.Length && IsWordPart(query[_at]))
            {
                _at++;
            }

            return Cut(TokenKind.Word, start);
        }

        if (char.IsAsciiDigit(character) || (character == '.' && _at + 1 < query.Length && char.IsAsciiDigit(query[_at + 1])))
        {
            return ScanNumber(start);
        }

        return character is '"' or '\'' or '`' ? ScanText(start, character) : ScanSymbol(start);
    }

    private Token ScanNumber(int start)
    {
        var isHexadecimal = query.AsSpan(start).StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        while (_at < query.Length)
        {
            var character = query[_at];
            var isExponentSign = (character is '+' or '-') && !isHexadecimal && _at > start && (query[_at - 1] is 'e' or 'E');
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_') && !isExponentSign)
            {
                break;
            }

            _at++;
        }

        var token = Cut(TokenKind.Number, start);
        return Literals.TryReadNumber(token.Text, out _)
            ? token
            : throw new QueryException(QueryErrorKind.BadQuery, $"bad number or duration syntax: \"{token.Text}\"", token.Position);
    }

    private Token ScanText(int start, char quote)
    {
        _at++;
        while (_at < query.Length && query[_at] != quote)
        {
            if (query[_at] == '\uFFFD')
            {
                throw new QueryException(QueryErrorKind.BadQuery, "invalid UTF-8 in a quoted text", new TextPosition(start, _at + 1));
            }

            if (query[_at] == '\n' && quote != '`')
            {
                break;
            }

            _at += query[_at] == '\\' && quote != '`' ? 2 : 1;
        }

        if (_at >= query.Length || query[_at] != quote)
        {
            throw new QueryException(QueryErrorKind.BadQuery, "unterminated quoted string", new TextPosition(start, Math.Min(_at, query.Length)));
        }

        _at++;
        return Cut(TokenKind.Text, start);
    }

    private Token ScanSymbol(int start)
    {
        if (_at + 1 < query.Length && s_twoCharacterSymbols.Contains(query.Substring(_at, 2)))
        {
            _at += 2;
            return Cut(TokenKind.Symbol, start);
        }

        _at++;
        return "(){}[],=<>+-*/%^@".Contains(query[start], StringComparison.Ordinal)
            ? Cut(TokenKind.Symbol, start)
            : throw new QueryException(QueryErrorKind.BadQuery, $"unexpected character: '{query[start]}'", new TextPosition(start, _at));
    }

    private Token Cut(TokenKind kind, int start) => new(kind, query[start.._at], new TextPosition(start, _at));
}
