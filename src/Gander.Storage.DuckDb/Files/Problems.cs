namespace Gander.Storage.DuckDb.Files;

/// <summary>What a person should know about the store, by subject, so that a state that lasts is told once. Bounded; thread-safe.</summary>
internal sealed class Problems
{
    private const int MaxProblems = 100;

    private readonly Lock _lock = new();
    private readonly List<(string Subject, string Text)> _problems = [];

    /// <summary>Tells of a problem; replaces what was told of the same subject.</summary>
    public void Add(string subject, string text)
    {
        lock (_lock)
        {
            _problems.RemoveAll(problem => problem.Subject == subject);
            _problems.Add((subject, text));
            if (_problems.Count > MaxProblems)
            {
                _problems.RemoveAt(0);
            }
        }
    }

    /// <summary>The subject is well again.</summary>
    public void Clear(string subject)
    {
        lock (_lock)
        {
            _problems.RemoveAll(problem => problem.Subject == subject);
        }
    }

    public IReadOnlyList<string> All()
    {
        lock (_lock)
        {
            return [.. _problems.Select(problem => problem.Text)];
        }
    }
}
