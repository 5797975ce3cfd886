using System.Globalization;
using System.Text;

namespace Gander.Otlp;

/// <summary>Counts the records of one export that were refused, by reason, for the <c>partial_success</c> of the answer. Not thread-safe.</summary>
internal sealed class Rejections
{
    private readonly List<(string Reason, int Count, int First)> _reasons = [];

    /// <summary>Records refused.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one record.</summary>
    /// <param name="reason">Why; one of a fixed set of sentences, so that their number is bounded.</param>
    /// <param name="index">The record's place in the export, from 0.</param>
    public void Add(string reason, int index) => Add(reason, index, 1);

    /// <summary>Counts several records that share a reason.</summary>
    public void Add(string reason, int index, int count)
    {
        if (count == 0)
        {
            return;
        }

        Count += count;
        for (var i = 0; i < _reasons.Count; i++)
        {
            if (ReferenceEquals(_reasons[i].Reason, reason))
            {
                _reasons[i] = (reason, _reasons[i].Count + count, _reasons[i].First);
                return;
            }
        }

        _reasons.Add((reason, count, index));
    }

    /// <summary>An English sentence for the sender, or null when nothing was refused.</summary>
    /// <param name="noun">What the records are called, in the plural.</param>
    public string? Describe(string noun)
    {
        if (Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Count} {noun} were refused: ");
        for (var i = 0; i < _reasons.Count; i++)
        {
            var (reason, count, first) = _reasons[i];
            text.Append(i == 0 ? "" : "; ").Append(CultureInfo.InvariantCulture, $"{reason} ({count}, the first is number {first + 1})");
        }

        return text.ToString();
    }
}
