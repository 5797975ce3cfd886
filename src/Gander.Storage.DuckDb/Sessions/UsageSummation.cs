using System.Text;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Adds usage up for one question, a session after the other. Where nothing is asked of single rows and all of a session
/// counts, its sums are taken and not its rows. Not thread-safe.
/// </summary>
internal sealed class UsageSummation
{
    private const long DayNanos = 86_400_000_000_000;
    private const int IdentityTexts = 5;

    // The columns of UsageTable.Select.
    private const int Usage = 0;
    private const int First = 1;
    private const int Last = 2;
    private const int Identity = 3;
    private const int Dimensions = Identity + IdentityTexts;

    private readonly UsageQuery _query;
    private readonly UsageCursor _cursor = new();
    private readonly UsagePersons _persons;
    private readonly UsageAmounts _amounts = new();
    private readonly (UsageDimension Dimension, int Place)[] _by;
    private readonly int _firstOfRow;
    private readonly UsageLevel[] _levels;
    private readonly UsageNames[] _names;
    private readonly UsageNames _tables = new();
    private readonly List<Group> _groups = [];
    private readonly HashSet<long> _personsOfGroups = [];
    private int[] _numbers = [];
    private int _session;
    private int _table;

    public UsageSummation(UsageQuery query)
    {
        _query = query;
        _persons = new UsagePersons(query.Persons);

        // Those of sessions first: their part of a group is found once a session.
        _by = [.. query.By.Select((dimension, place) => (dimension, place)).OrderBy(by => IsOfRow(by.dimension))];
        _firstOfRow = query.By.Count(dimension => !IsOfRow(dimension));

        // Above all dimensions stands the identity, or nothing where persons are found.
        _levels = [.. Enumerable.Range(0, 1 + query.By.Count).Select(_ => new UsageLevel())];
        _names = [.. query.By.Select(_ => new UsageNames())];
    }

    /// <summary>Whether there are more groups than are asked for: nothing more has to be added.</summary>
    public bool IsFull => _groups.Count > _query.MaxGroups;

    /// <summary>Whether a dimension tells rows of one session apart.</summary>
    public static bool IsOfRow(UsageDimension dimension) =>
        dimension is UsageDimension.Model or UsageDimension.Provider or UsageDimension.Tool or UsageDimension.Day or UsageDimension.Hour;

    /// <summary>Adds a session as <see cref="UsageTable.Select"/> selects it.</summary>
    public void Add(DuckVector[] columns, int row)
    {
        if (_persons.Of(columns.AsSpan(Identity, IdentityTexts), row) is not { } identity)
        {
            return;
        }

        _cursor.Open(columns[Usage].Bytes(row));
        if (!TryFindPlaces(out var model, out var provider, out var tool))
        {
            return;
        }

        _session++;
        var isWhole = columns[First].Int64(row) >= _query.Range.StartNanos && columns[Last].Int64(row) < _query.Range.EndNanos;
        if (isWhole && _firstOfRow == _by.Length && _query is { Model: null, Provider: null, Tool: null } && _cursor.HasSums)
        {
            _cursor.ToSums();
        }
        else
        {
            isWhole = false;
        }

        var ofSession = -1;
        while (_cursor.NextRow())
        {
            if ((isWhole || _query.Range.Contains(_cursor.StartNanos))
                && (model < 0 || _cursor.Model == model) && (provider < 0 || _cursor.Provider == provider) && (tool < 0 || _cursor.Tool == tool))
            {
                ofSession = ofSession < 0 ? GroupOfSession(columns, row, identity) : ofSession;
                AddRow(GroupOfRow(ofSession), identity);
            }
        }
    }

    /// <summary>What was added up.</summary>
    public IReadOnlyList<UsageGroup> Groups()
    {
        var groups = new UsageGroup[Math.Min(_groups.Count, _query.MaxGroups + 1L)];
        for (var i = 0; i < groups.Length; i++)
        {
            var group = _groups[i];
            groups[i] = new UsageGroup(ValuesOf(i, out var identity), identity, _amounts.Of(i), group.Sessions, _tables[group.FirstTable], _tables[group.LastTable], group.People);
        }

        return groups;
    }

    private bool TryFindPlaces(out int model, out int provider, out int tool)
    {
        (model, provider, tool) = (-1, -1, -1);
        return TryFindPlace(_query.Model, ref model) && TryFindPlace(_query.Provider, ref provider) && TryFindPlace(_query.Tool, ref tool);
    }

    private bool TryFindPlace(string? name, ref int place)
    {
        if (name is null)
        {
            return true;
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        for (place = 0; place < _cursor.TextCount; place++)
        {
            if (_cursor.Text(place).SequenceEqual(bytes))
            {
                return true;
            }
        }

        return false;
    }

    private int GroupOfSession(DuckVector[] columns, int row, UsagePersons.Found identity)
    {
        // The numbers of the session's texts are found when they are needed.
        var texts = _cursor.TextCount * (_by.Length - _firstOfRow);
        if (_numbers.Length < texts)
        {
            _numbers = new int[texts * 2];
        }

        _numbers.AsSpan(0, texts).Fill(-1);
        _table = -1;
        var at = _levels[0].Of(0, _query.Persons is null ? identity.Identity : 0);
        for (var i = 0; i < _firstOfRow; i++)
        {
            var value = _by[i].Dimension switch
            {
                UsageDimension.Person => identity.Person,
                UsageDimension.Team => identity.Team,
                _ => _names[i].Of(columns[Dimensions + i].Bytes(row)),
            };
            at = _levels[i + 1].Of(at, value);
        }

        return at;
    }

    private int GroupOfRow(int at)
    {
        for (var i = _firstOfRow; i < _by.Length; i++)
        {
            var value = _by[i].Dimension switch
            {
                UsageDimension.Model => NumberOf(i, _cursor.Model),
                UsageDimension.Provider => NumberOf(i, _cursor.Provider),
                UsageDimension.Tool => NumberOf(i, _cursor.Tool),
                UsageDimension.Day => (int)(_cursor.StartNanos / DayNanos),
                _ => (int)(_cursor.StartNanos / UsageRow.HourNanos),
            };
            at = _levels[i + 1].Of(at, value);
        }

        return at;
    }

    private int NumberOf(int dimension, int place)
    {
        ref var number = ref _numbers[((dimension - _firstOfRow) * _cursor.TextCount) + place];
        return number >= 0 ? number : number = _names[dimension].Of(_cursor.Text(place));
    }

    private void AddRow(int number, UsagePersons.Found identity)
    {
        if (number == _groups.Count)
        {
            _groups.Add(new Group());
        }

        var group = _groups[number];
        if (group.LastSession != _session)
        {
            group.LastSession = _session;
            group.Sessions++;
            if (identity.Person > 0 && _personsOfGroups.Add(((long)number << 32) | (uint)identity.Person))
            {
                group.People++;
            }
        }

        if (_cursor.IsPriced)
        {
            AddTable(group, _table = _table >= 0 ? _table : _tables.Of(_cursor.Text(_cursor.PriceTable)));
        }

        _amounts.Add(number, _cursor);
    }

    private void AddTable(Group group, int table)
    {
        if (group.FirstTable == 0 || string.CompareOrdinal(_tables[table], _tables[group.FirstTable]) < 0)
        {
            group.FirstTable = table;
        }

        if (group.LastTable == 0 || string.CompareOrdinal(_tables[table], _tables[group.LastTable]) > 0)
        {
            group.LastTable = table;
        }
    }

    // From the last level back to the first.
    private string?[] ValuesOf(int number, out UsageIdentity identity)
    {
        var values = new string?[_query.By.Count];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            (number, var value) = _levels[i + 1][number];
            values[_by[i].Place] = _by[i].Dimension switch
            {
                UsageDimension.Person => _persons.Names[value],
                UsageDimension.Team => _persons.Teams[value],
                UsageDimension.Day => UsageTime.Day(value * DayNanos),
                UsageDimension.Hour => UsageTime.Hour(value * UsageRow.HourNanos),
                _ => _names[i][value],
            };
        }

        identity = _query.Persons is null ? _persons.IdentityOf(_levels[0][number].Value) : default;
        return values;
    }

    private sealed class Group
    {
        public int LastSession { get; set; }

        public long Sessions { get; set; }

        public int People { get; set; }

        public int FirstTable { get; set; }

        public int LastTable { get; set; }
    }
}
