using System.Text.RegularExpressions;

namespace Gander.Agent.Tools.Searching;

/// <summary>What a line has to match. No pattern takes for ever: those that could are matched with a time limit.</summary>
internal sealed class LinePattern
{
    private static readonly TimeSpan LineLimit = TimeSpan.FromMilliseconds(500);

    private readonly Regex _regex;

    /// <param name="pattern">A regular expression of .NET, or a text.</param>
    /// <param name="isText">Whether it is a text to be found as it is.</param>
    /// <param name="ignoresCase">Whether upper and lower case are the same.</param>
    /// <exception cref="ToolRefusedException">It is no regular expression.</exception>
    public LinePattern(string pattern, bool isText, bool ignoresCase)
    {
        var expression = isText ? Regex.Escape(pattern) : pattern;
        var options = RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            _regex = Compile(expression, options);
        }
        catch (RegexParseException e)
        {
            throw new ToolRefusedException($"\"pattern\" is no regular expression: {e.Message} Set \"text\" to find it as it is.");
        }
    }

    /// <summary>Whether the line matches.</summary>
    /// <exception cref="ToolRefusedException">It took too long to say.</exception>
    public bool IsIn(string line)
    {
        try
        {
            return _regex.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ToolRefusedException("\"pattern\" takes too long on some lines: it goes back too often. Make it simpler.");
        }
    }

    private static Regex Compile(string expression, RegexOptions options)
    {
        try
        {
            return new Regex(expression, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Back references and looking around need the other engine, which can be slow without end.
            return new Regex(expression, options, LineLimit);
        }
    }
}
