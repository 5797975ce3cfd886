using Gander.Storage.DuckDb.Native;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>Finds the identity of sessions, and the person behind it, once for each identity. Not thread-safe.</summary>
/// <param name="find">Finds persons; without it there are only identities.</param>
internal sealed class UsagePersons(Func<UsageIdentity, UsagePerson?>? find)
{
    private readonly UsageNames _texts = new();
    private readonly Dictionary<(int User, int Email, int Account, int Team, int Host), Found?> _found = [];
    private readonly List<UsageIdentity> _identities = [];

    /// <summary>The names of persons.</summary>
    public UsageNames Names { get; } = new();

    /// <summary>The names of teams.</summary>
    public UsageNames Teams { get; } = new();

    /// <summary>Whose a session is, by its columns of user, e-mail address, account, team and host; null when it is left out.</summary>
    public Found? Of(ReadOnlySpan<DuckVector> columns, int row)
    {
        var texts = (Text(columns, 0, row), Text(columns, 1, row), Text(columns, 2, row), Text(columns, 3, row), Text(columns, 4, row));
        if (!_found.TryGetValue(texts, out var found))
        {
            _found.Add(texts, found = Find(new UsageIdentity(_texts[texts.Item1], _texts[texts.Item2], _texts[texts.Item3], _texts[texts.Item4], _texts[texts.Item5])));
        }

        return found;
    }

    /// <summary>An identity by its number.</summary>
    public UsageIdentity IdentityOf(int number) => _identities[number];

    private int Text(ReadOnlySpan<DuckVector> columns, int column, int row) => _texts.Of(columns[column].Bytes(row));

    private Found? Find(UsageIdentity identity)
    {
        _identities.Add(identity);
        return find is null ? new Found(_identities.Count - 1, 0, 0)
            : find(identity) is { } person ? new Found(_identities.Count - 1, Names.Of(person.Name), Teams.Of(person.Team))
            : null;
    }

    /// <summary>The numbers of an identity, its person and the person's team.</summary>
    internal readonly record struct Found(int Identity, int Person, int Team);
}
