using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// A regular expression as PromQL means it: RE2 syntax, matched against the whole value, <c>.</c> matches line ends too
/// (Prometheus 3). Matching takes time linear in the value; choices of texts, prefixes, suffixes and <c>.*x.*</c> need no regular
/// expression at all. Immutable, equal by text, thread-safe.
/// </summary>
public sealed class LabelPattern : IEquatable<LabelPattern>
{
    private readonly string _text;
    private readonly FrozenSet<string>? _literals;
    private readonly PatternGlob[] _globs;
    private readonly Regex? _regex;

    private LabelPattern(string text)
    {
        _text = text;
        if (PatternReader.TryRead(text, out var alternatives))
        {
            _literals = alternatives.Where(glob => glob.IsLiteral).Select(glob => glob.Literal).ToFrozenSet(StringComparer.Ordinal);
            _globs = [.. alternatives.Where(glob => !glob.IsLiteral)];
            return;
        }

        _globs = [];
        _regex = Compile(text);
    }

    /// <summary>The only values that match, when they can be listed; else null.</summary>
    public IReadOnlyCollection<string>? Literals => _globs.Length == 0 ? _literals : null;

    /// <summary>Reads a pattern, or says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            pattern = new LabelPattern(text);
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            pattern = null;
            problem = exception.Message;
            return false;
        }
    }

    /// <summary>Reads a pattern that is known to be valid.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static LabelPattern Parse(string text) =>
        TryParse(text, out var pattern, out var problem) ? pattern : throw new ArgumentException(problem, nameof(text));

    /// <summary>Whether a value matches.</summary>
    public bool IsMatch(string value)
    {
        if (_regex is not null)
        {
            return _regex.IsMatch(value);
        }

        if (_literals!.Contains(value))
        {
            return true;
        }

        foreach (var glob in _globs)
        {
            if (glob.IsMatch(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The regular expression itself, for those who need its groups.</summary>
    /// <exception cref="ArgumentException">The pattern is not valid; check with <see cref="TryCompile"/> first.</exception>
    public static Regex Compile(string pattern) =>
        new($"^(?s:{Re2Translator.Translate(pattern)})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Compiles a pattern, or says what is wrong with it.</summary>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            regex = Compile(pattern);
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            regex = null;
            problem = exception.Message;
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(LabelPattern? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
