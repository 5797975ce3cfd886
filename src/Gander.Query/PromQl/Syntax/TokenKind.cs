namespace Gander.Query.PromQl.Syntax;

/// <summary>The kinds of tokens.</summary>
public enum TokenKind
{
    /// <summary>The end of the query.</summary>
    End,

    /// <summary>A word: metric name, label, keyword or function; the parser tells them apart by place.</summary>
    Word,

    /// <summary>A number or duration literal.</summary>
    Number,

    /// <summary>A quoted text, quotes included.</summary>
    Text,

    /// <summary>A comment from <c>#</c> to the end of its line.</summary>
    Comment,

    /// <summary>An operator or punctuation mark.</summary>
    Symbol,
}
