namespace Gander.Agent.Tools.Ignore;

/// <summary>
/// A pattern for a path of several names. <c>**</c> as a whole name stands for any number of names: none or more at the beginning and in
/// the middle, one or more at the end.
/// </summary>
internal sealed class PathPattern
{
    // Null stands for a ** that may match no name at all.
    private readonly SegmentPattern?[] _segments;

    /// <param name="pattern">Names with slashes between them; a leading slash says nothing more than that it begins at the top.</param>
    public PathPattern(string pattern)
    {
        var names = pattern.TrimStart('/').Split('/');
        var segments = new List<SegmentPattern?>();
        for (var i = 0; i < names.Length; i++)
        {
            // More than two stars are two to git.
            if (names[i].Length < 2 || names[i].AsSpan().ContainsAnyExcept('*'))
            {
                segments.Add(new SegmentPattern(names[i]));
                continue;
            }

            segments.Add(null);
            if (i == names.Length - 1)
            {
                segments.Add(new SegmentPattern("*"));
            }
        }

        _segments = [.. segments];
    }

    /// <summary>Whether the whole path matches; its names are divided by slashes and it begins with none.</summary>
    public bool Matches(string path)
    {
        var names = path.Split('/');
        var (segment, at, retrySegment, retryAt) = (0, 0, -1, 0);
        while (at < names.Length)
        {
            if (segment < _segments.Length && _segments[segment] is null)
            {
                (retrySegment, retryAt) = (++segment, at);
            }
            else if (segment < _segments.Length && _segments[segment]!.Matches(names[at]))
            {
                (segment, at) = (segment + 1, at + 1);
            }
            else if (retrySegment >= 0)
            {
                (segment, at) = (retrySegment, ++retryAt);
            }
            else
            {
                return false;
            }
        }

        while (segment < _segments.Length && _segments[segment] is null)
        {
            segment++;
        }

        return segment == _segments.Length;
    }
}
