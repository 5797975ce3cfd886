using System.Collections.Frozen;
using Gander.Hosting.Configuration;
using Gander.Stores;

namespace Gander.Hosting.Identities;

/// <summary>
/// Finds the person behind what telemetry says of its user. Of several names the surest counts: the e-mail address, then the
/// account, the user, the host. Who is not listed goes by the first of user, e-mail address, account and host that is known.
/// Immutable and thread-safe.
/// </summary>
internal sealed class People
{
    private const int MaxPeople = 100_000;

    private readonly FrozenDictionary<string, string?> _teamsOfPeople;
    private readonly FrozenDictionary<string, string> _emails;
    private readonly FrozenDictionary<string, string> _accounts;
    private readonly FrozenDictionary<string, string> _users;
    private readonly FrozenDictionary<string, string> _hosts;
    private readonly FrozenDictionary<string, string> _teams;

    private People(Dictionary<string, string?> teamsOfPeople, Dictionary<string, string>[] names, Dictionary<string, string> teams)
    {
        _teamsOfPeople = teamsOfPeople.ToFrozenDictionary(StringComparer.Ordinal);
        (_emails, _accounts, _users, _hosts) = (Frozen(names[0]), Frozen(names[1]), Frozen(names[2]), Frozen(names[3]));
        _teams = Frozen(teams);
    }

    /// <summary>Nobody is listed.</summary>
    public static People None { get; } = new([], [[], [], [], []], []);

    /// <summary>Reads the file of identities; docs/identities.md describes it.</summary>
    /// <exception cref="ConfigurationException">It has a mistake; the message names the line.</exception>
    public static People Read(string file, TextReader reader)
    {
        if (YamlFields.Parse(file, reader) is not { } root)
        {
            return None;
        }

        var teamsOfPeople = new Dictionary<string, string?>(StringComparer.Ordinal);
        Dictionary<string, string>[] names = [Names(), Names(), Names(), Names()];
        foreach (var person in root.Items("people"))
        {
            var name = person.Required("name");
            if (teamsOfPeople.Count >= MaxPeople || !teamsOfPeople.TryAdd(name, person.Text("team")))
            {
                throw person.Wrong(teamsOfPeople.Count >= MaxPeople ? $"there are more than {MaxPeople} people" : $"'{name}' is listed twice");
            }

            Add(person, "emails", names[0], name);
            Add(person, "accounts", names[1], name);
            Add(person, "users", names[2], name);
            Add(person, "hosts", names[3], name);
            names[2].TryAdd(name, name);
            person.Finish();
        }

        var teams = Names();
        foreach (var (team, others) in root.Section("teams")?.Lists() ?? [])
        {
            foreach (var other in others.Where(other => !teams.TryAdd(other, team)))
            {
                throw root.Wrong($"'{other}' is in two teams");
            }
        }

        root.Finish();
        return new People(teamsOfPeople, names, teams);
    }

    /// <summary>The person behind an identity.</summary>
    public UsagePerson Find(UsageIdentity identity)
    {
        var telemetryTeam = identity.Team is { } team ? _teams.GetValueOrDefault(team, team) : null;
        var name = Listed(_emails, identity.Email) ?? Listed(_emails, identity.User) ?? Listed(_accounts, identity.Account)
            ?? Listed(_users, identity.User) ?? Listed(_hosts, identity.Host);
        return name is not null
            ? new UsagePerson(name, _teamsOfPeople.GetValueOrDefault(name) ?? telemetryTeam)
            : new UsagePerson(identity.User ?? identity.Email ?? identity.Account ?? identity.Host, telemetryTeam);
    }

    private static void Add(YamlFields person, string key, Dictionary<string, string> names, string name)
    {
        foreach (var other in person.Texts(key) ?? [])
        {
            if (!names.TryAdd(other, name) && names[other] != name)
            {
                throw person.Wrong($"'{other}' of {key} belongs to '{names[other]}' already");
            }
        }
    }

    private static string? Listed(FrozenDictionary<string, string> names, string? name) => name is null ? null : names.GetValueOrDefault(name);

    private static Dictionary<string, string> Names() => new(StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> Frozen(Dictionary<string, string> names) => names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
