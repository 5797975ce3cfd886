using System.Globalization;
using System.Text;
using Gander.Agent.Tools.Files;

namespace Gander.Agent.Tools.Searching;

/// <summary>Collects what a search found, up to the limits: file by file, each match as <c>number:line</c> and lines around it as <c>number-line</c>.</summary>
internal sealed class SearchReport(ToolOptions options)
{
    private readonly StringBuilder _text = new();
    private int _bytes;
    private int _found;

    /// <summary>Whether no more is taken.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Files that were not looked into.</summary>
    public int SkippedFiles { get; set; }

    /// <summary>Takes a file that was looked for by name alone.</summary>
    public void AddFile(string name)
    {
        if (Append(name) && ++_found >= options.MaxMatches)
        {
            IsFull = true;
        }
    }

    /// <summary>Takes all matching lines of a file.</summary>
    public void AddLines(string name, string[] lines, LinePattern pattern, int context, CancellationToken cancellationToken)
    {
        var shown = -1;
        for (var i = 0; i < lines.Length && !IsFull; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!pattern.IsIn(lines[i]))
            {
                continue;
            }

            if (shown < 0)
            {
                Append(_text.Length > 0 ? "\n" + name : name);
            }
            else if (context > 0 && i - context > shown + 1)
            {
                Append("--");
            }

            shown = AddMatch(lines, i, Math.Max(shown + 1, i - context), pattern, context);
            IsFull |= ++_found >= options.MaxMatches;
        }
    }

    /// <summary>The answer.</summary>
    /// <param name="cutReason">Why the walk over files ended early.</param>
    public string ToText(string? cutReason)
    {
        var notes = new List<string>();
        if (_found == 0)
        {
            notes.Add("(nothing found)");
        }

        if (IsFull)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"[... cut here after {_found} matches: make the pattern or the path narrower]"));
        }
        else if (cutReason is not null)
        {
            notes.Add($"[... cut here: {cutReason}. Name a folder below]");
        }

        if (SkippedFiles > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"[{SkippedFiles} files were too large or could not be read]"));
        }

        return _text.ToString() + string.Join('\n', notes) is { Length: > 0 } text ? text.TrimEnd('\n') : "";
    }

    // The lines after a match that match themselves are left to their own turn.
    private int AddMatch(string[] lines, int at, int first, LinePattern pattern, int context)
    {
        for (var i = first; i < at; i++)
        {
            Append(Line(i, '-', lines[i]));
        }

        Append(Line(at, ':', lines[at]));
        var last = at;
        while (last < lines.Length - 1 && last < at + context && !pattern.IsIn(lines[last + 1]))
        {
            last++;
            Append(Line(last, '-', lines[last]));
        }

        return last;
    }

    private string Line(int index, char mark, string line) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}{mark}{Lines.Cut(line, options.MaxLineLength)}");

    private bool Append(string line)
    {
        var bytes = Encoding.UTF8.GetByteCount(line) + 1;
        if (IsFull || _bytes + bytes > options.MaxResultBytes)
        {
            IsFull = true;
            return false;
        }

        _bytes += bytes;
        _text.Append(line).Append('\n');
        return true;
    }
}
