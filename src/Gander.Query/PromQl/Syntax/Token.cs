using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>One token of a query.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text as written.</param>
/// <param name="Position">Where it stands.</param>
public readonly record struct Token(TokenKind Kind, string Text, TextPosition Position)
{
    /// <summary>Whether this is the symbol <paramref name="symbol"/>.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Whether this is the word <paramref name="keyword"/>, in any letter case.</summary>
    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token for an error message.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "end of input",
        TokenKind.Word => $"identifier \"{Text}\"",
        _ => $"\"{Text}\"",
    };
}
