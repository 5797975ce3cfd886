using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Adds the labels of one series or exemplar as attributes, the metric name apart. Senders must order labels by name, which
/// makes it cheap to see that none comes twice; where they do not, it is looked for.
/// </summary>
internal ref struct LabelOwner(int firstRow)
{
    private TextRef _previous;
    private bool _hasName;
    private bool _isUnordered;

    /// <summary>The labels, without the metric name and without empty ones, which count as absent.</summary>
    public RowRange Range { get; private set; } = new RowRange(firstRow, firstRow);

    /// <summary>The metric name, or empty.</summary>
    public TextRef Name { get; private set; }

    /// <summary>What is wrong with the labels; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Adds a label.</summary>
    public void Add(in TextSource text, WriteContext context, TextRef name, TextRef value)
    {
        Problem ??= Check(text, name);
        if (Problem is not null)
        {
            return;
        }

        _previous = name;
        if (text[name].SequenceEqual("__name__"u8))
        {
            (Name, _hasName) = (value, true);
            return;
        }

        if (value.IsEmpty)
        {
            return;
        }

        if (Range.Count >= context.MaxLabels)
        {
            Problem = WriteRules.TooManyLabels;
            return;
        }

        DecodeContext.CheckCount(context.Batch.Attributes.Count, context.Limits.MaxAttributes, "labels");
        context.Batch.Attributes.AddText(name, AttributeKind.String, value);
        Range = new RowRange(Range.Start, Range.End + 1);
        if (_isUnordered && ComesTwice(text, context.Batch.Attributes.Keys[Range.Start..Range.End]))
        {
            Problem = WriteRules.LabelTwice;
        }
    }

    /// <summary>Says that a label cannot be read.</summary>
    public void Fail(string problem) => Problem ??= problem;

    private static bool ComesTwice(in TextSource text, ReadOnlySpan<TextRef> keys)
    {
        var last = text[keys[^1]];
        foreach (var key in keys[..^1])
        {
            if (text[key].SequenceEqual(last))
            {
                return true;
            }
        }

        return false;
    }

    private string? Check(in TextSource text, TextRef name)
    {
        if (name.IsEmpty)
        {
            return WriteRules.LabelEmpty;
        }

        var order = text[_previous].SequenceCompareTo(text[name]);
        _isUnordered |= order > 0;
        return order == 0 || (_hasName && _isUnordered && text[name].SequenceEqual("__name__"u8)) ? WriteRules.LabelTwice : null;
    }
}
