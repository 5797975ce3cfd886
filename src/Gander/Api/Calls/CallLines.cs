using Gander.Sessions.Calls;

namespace Gander.Api.Calls;

/// <summary>Finds the line that a call belongs to. Not thread-safe.</summary>
/// <typeparam name="TLine">What is gathered of each line.</typeparam>
/// <param name="fields">What calls are told apart by.</param>
/// <param name="maxLines">The most lines; calls that would need another have one line together.</param>
/// <param name="make">Makes the line of a key.</param>
internal sealed class CallLines<TLine>(CallFields fields, int maxLines, Func<CallKey, TLine> make)
    where TLine : class
{
    private readonly Dictionary<CallKey, TLine> _lines = [];

    // The texts of one session's calls are shared objects, so that comparing references finds most of them.
    private readonly List<(string Name, string Origin, TLine Line)> _recent = [];
    private SessionCalls? _session;

    /// <summary>All lines, in no order.</summary>
    public IReadOnlyCollection<TLine> All => _lines.Values;

    /// <summary>The calls that are told apart no more, because there were too many lines before; null when there are none.</summary>
    public TLine? Beyond { get; private set; }

    /// <summary>The line of a call.</summary>
    public TLine Of(SessionCalls session, string name, string origin)
    {
        if (!ReferenceEquals(_session, session))
        {
            _recent.Clear();
            _session = session;
        }

        foreach (var (recentName, recentOrigin, recent) in _recent)
        {
            if (ReferenceEquals(recentName, name) && ReferenceEquals(recentOrigin, origin))
            {
                return recent;
            }
        }

        var line = Find(new CallKey(
            fields.HasFlag(CallFields.Name) ? name : null,
            fields.HasFlag(CallFields.Origin) ? origin : null,
            fields.HasFlag(CallFields.Agent) ? session.Agent : null,
            fields.HasFlag(CallFields.User) ? session.User ?? "" : null));
        if (_recent.Count < 64)
        {
            _recent.Add((name, origin, line));
        }

        return line;
    }

    private TLine Find(in CallKey key)
    {
        if (_lines.TryGetValue(key, out var line))
        {
            return line;
        }

        if (_lines.Count >= maxLines)
        {
            return Beyond ??= make(default);
        }

        line = make(key);
        _lines.Add(key, line);
        return line;
    }
}
