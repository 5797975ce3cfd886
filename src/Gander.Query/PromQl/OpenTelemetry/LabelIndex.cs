namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// Which rows have which label values. Holds each name and value as one string, so that rows share them. Changed and read
/// under the lock of its table.
/// </summary>
internal sealed class LabelIndex
{
    private readonly Dictionary<string, Dictionary<string, Postings>> _labels = new(StringComparer.Ordinal);
    private readonly List<SeriesRow> _rows = [];

    /// <summary>All rows, by number.</summary>
    public IReadOnlyList<SeriesRow> Rows => _rows;

    /// <summary>The label names.</summary>
    public IEnumerable<string> Names => _labels.Keys;

    /// <summary>The string that stands for this value of a label from now on.</summary>
    public string Share(string name, string value)
    {
        if (!_labels.TryGetValue(name, out var values))
        {
            _labels.Add(name, values = new Dictionary<string, Postings>(StringComparer.Ordinal));
        }

        if (!values.TryGetValue(value, out var postings))
        {
            values.Add(value, postings = new Postings(value));
        }

        return postings.Value;
    }

    /// <summary>Adds a row whose labels were all shared, and returns its number.</summary>
    public int Add(SeriesRow row)
    {
        var number = _rows.Count;
        _rows.Add(row);
        var names = row.Labels.Names;
        var values = row.Labels.Values;
        for (var i = 0; i < names.Length; i++)
        {
            _labels[names[i]][values[i]].Add(number);
        }

        return number;
    }

    /// <summary>The values of a label with the rows that have them, in no order.</summary>
    public IReadOnlyCollection<Postings> Values(string name) => _labels.TryGetValue(name, out var values) ? values.Values : [];

    /// <summary>Whether some row has this value of a label.</summary>
    public bool Has(string name, string value) => _labels.TryGetValue(name, out var values) && values.ContainsKey(value);

    /// <summary>The rows that have this value of a label.</summary>
    public ReadOnlySpan<int> RowsOf(string name, string value) =>
        _labels.TryGetValue(name, out var values) && values.TryGetValue(value, out var postings) ? postings.Rows : [];

    /// <summary>The rows that pass all tests, ascending.</summary>
    public int[] Find(IReadOnlyList<LabelTest> tests)
    {
        int[]? found = null;
        foreach (var test in tests.Where(test => test.IsLookup).OrderBy(CountRows))
        {
            // The fewest rows first: the many of the others are then walked through, and never copied.
            found = found is null ? LookUp(test)
                : test.Literals!.Count == 1 ? RowSet.Intersect(found, RowsOf(test.Label, test.Literals.First()))
                : RowSet.Intersect(found, LookUp(test));
        }

        foreach (var test in tests.Where(test => !test.IsLookup).OrderBy(test => test.AcceptsAbsent))
        {
            if (found is { Length: 0 })
            {
                break;
            }

            var values = _labels.TryGetValue(test.Label, out var held) ? held : [];
            found = found is not null && found.Length <= values.Count ? Ask(test, found) : Apply(test, values.Values, found);
        }

        return found ?? [.. Enumerable.Range(0, _rows.Count)];
    }

    private int CountRows(LabelTest test) => test.Literals!.Sum(literal => RowsOf(test.Label, literal).Length);

    private int[] LookUp(LabelTest test)
    {
        if (test.Literals!.Count == 1)
        {
            return RowsOf(test.Label, test.Literals.First()).ToArray();
        }

        var values = _labels.TryGetValue(test.Label, out var held) ? held : [];
        return RowSet.Union([.. test.Literals.Distinct(StringComparer.Ordinal).Where(values.ContainsKey).Select(literal => values[literal])], _rows.Count);
    }

    // Values are shared strings, so that remembering the answer by reference asks once a distinct value.
    private int[] Ask(LabelTest test, int[] rows)
    {
        var answers = new Dictionary<string, bool>(ReferenceEqualityComparer.Instance);
        return Array.FindAll(rows, row =>
        {
            var value = _rows[row].Labels[test.Label];
            if (!answers.TryGetValue(value, out var accepts))
            {
                answers.Add(value, accepts = test.Accepts(value));
            }

            return accepts;
        });
    }

    private int[] Apply(LabelTest test, IReadOnlyCollection<Postings> values, int[]? found)
    {
        // Where absence matches, the values that do not are taken away; else those that do are what is left.
        var listed = RowSet.Union([.. values.Where(postings => test.Accepts(postings.Value) != test.AcceptsAbsent)], _rows.Count);
        if (!test.AcceptsAbsent)
        {
            return found is null ? listed : RowSet.Intersect(found, listed);
        }

        return RowSet.Except(found ?? [.. Enumerable.Range(0, _rows.Count)], listed);
    }
}
