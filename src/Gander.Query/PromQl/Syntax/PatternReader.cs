using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Reads the patterns that people write most: texts, <c>.*</c>, <c>.+</c> and choices of them, nested or not. Any other pattern is
/// left to the regular expression engine.
/// </summary>
internal sealed class PatternReader
{
    private const int MaxAlternatives = 1_000;
    private const int MaxDepth = 20;
    private const string Special = @"\.+*?()|[]{}^$";

    private readonly string _pattern;
    private int _at;
    private int _depth;

    private PatternReader(string pattern) => _pattern = pattern;

    /// <summary>The choices that a pattern stands for, or false when it is of another kind, wrong ones included.</summary>
    public static bool TryRead(string pattern, [NotNullWhen(true)] out List<PatternGlob>? alternatives)
    {
        var reader = new PatternReader(pattern);
        var choices = reader.ReadChoices();
        alternatives = choices is not null && reader._at == pattern.Length ? choices.ConvertAll(choice => choice.ToGlob()) : null;
        return alternatives is not null;
    }

    private List<Sequence>? ReadChoices()
    {
        if (++_depth > MaxDepth)
        {
            return null;
        }

        var choices = new List<Sequence>();
        do
        {
            if (ReadSequence() is not { } sequences || choices.Count + sequences.Count > MaxAlternatives)
            {
                return null;
            }

            choices.AddRange(sequences);
        }
        while (TryTake("|"));
        _depth--;
        return choices;
    }

    private List<Sequence>? ReadSequence()
    {
        List<Sequence> found = [Sequence.Empty];
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (ReadPart() is not { } parts || found.Count * parts.Count > MaxAlternatives || IsRepeated())
            {
                return null;
            }

            found = parts.Count == 1 && found.Count == 1
                ? [found[0].Then(parts[0])]
                : [.. found.SelectMany(_ => parts, (before, part) => before.Then(part))];
        }

        return found;
    }

    private List<Sequence>? ReadPart()
    {
        if (TryTake(".*") || TryTake(".+"))
        {
            return [Sequence.Gap(_pattern[_at - 1] == '+' ? 1 : 0)];
        }

        if (TryTake("(?:") || (!_pattern.AsSpan(_at).StartsWith("(?") && TryTake("(")))
        {
            return ReadChoices() is { } choices && TryTake(")") ? choices : null;
        }

        var text = new StringBuilder();
        while (_at < _pattern.Length)
        {
            var character = _pattern[_at];
            var isEscaped = character == '\\' && _at + 1 < _pattern.Length && Special.Contains(_pattern[_at + 1], StringComparison.Ordinal);
            if (!isEscaped && Special.Contains(character, StringComparison.Ordinal))
            {
                break;
            }

            _at += isEscaped ? 2 : 1;
            text.Append(_pattern[_at - 1]);
        }

        return text.Length == 0 ? null : [Sequence.Of(text.ToString())];
    }

    private bool IsRepeated() => _at < _pattern.Length && _pattern[_at] is '*' or '+' or '?' or '{';

    private bool TryTake(string text)
    {
        if (!_pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    /// <summary>Texts and the gaps between them.</summary>
    private sealed record Sequence(string[] Texts, int[] Minimums)
    {
        public static Sequence Empty { get; } = Of("");

        public static Sequence Of(string text) => new([text], []);

        public static Sequence Gap(int minimum) => new(["", ""], [minimum]);

        public Sequence Then(Sequence next)
        {
            // Two gaps without a text between them are one.
            if (Minimums.Length > 0 && next.Minimums.Length > 0 && Texts[^1].Length == 0 && next.Texts[0].Length == 0)
            {
                return new Sequence(
                    [.. Texts[..^1], .. next.Texts[1..]],
                    [.. Minimums[..^1], Minimums[^1] + next.Minimums[0], .. next.Minimums[1..]]);
            }

            return new Sequence([.. Texts[..^1], Texts[^1] + next.Texts[0], .. next.Texts[1..]], [.. Minimums, .. next.Minimums]);
        }

        public PatternGlob ToGlob() => new(Texts, Minimums);
    }
}
