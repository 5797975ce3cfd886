using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Histograms;

/// <summary>
/// Adds up native histograms of one group or window. Exponential and custom buckets cannot be added: a mixture has no sum
/// and is warned of. Not thread-safe.
/// </summary>
internal sealed class HistogramSum(Annotations annotations, TextPosition position, bool isMean)
{
    private FloatHistogram? _sum;
    private Labels? _labels;
    private FloatHistogram? _compensation;
    private int _count;
    private bool _isIncremental;
    private bool _isMixed;
    private bool _sawReset;
    private bool _sawNoReset;

    public void Add(FloatHistogram histogram, Labels labels)
    {
        _count++;
        _labels = labels;
        _sawReset |= histogram.ResetHint == CounterResetHint.Reset;
        _sawNoReset |= histogram.ResetHint == CounterResetHint.NotReset;
        if (_sum is null)
        {
            _sum = histogram;
            _compensation = HistogramArithmetic.Multiply(histogram, 0) with { Count = 0, Sum = 0, ZeroCount = 0 };
            return;
        }

        if (_isMixed || HistogramArithmetic.AreIncompatible(_sum, histogram))
        {
            _isMixed = true;
            annotations.WarnMixedSchemas(labels, position);
            return;
        }

        if (HistogramArithmetic.HaveOtherBounds(_sum, histogram))
        {
            annotations.Inform("mismatched custom buckets were reconciled during aggregation", position);
        }

        Accumulate(histogram);
    }

    /// <summary>Adds all that another sum has gathered.</summary>
    public void Merge(HistogramSum other)
    {
        if (other._sum is null)
        {
            return;
        }

        var count = _count + other._count;
        (_sawReset, _sawNoReset) = (_sawReset || other._sawReset, _sawNoReset || other._sawNoReset);
        if (_sum is null)
        {
            (_sum, _compensation, _labels, _isMixed, _isIncremental) = (other._sum, other._compensation, other._labels, other._isMixed, other._isIncremental);
        }
        else if (_isMixed || other._isMixed || HistogramArithmetic.AreIncompatible(_sum, other._sum))
        {
            _isMixed = true;
            annotations.WarnMixedSchemas(other._labels!, position);
        }
        else
        {
            MergeSums(other, count);
        }

        _count = count;
    }

    /// <summary>The sum or mean, or null when there is none.</summary>
    public FloatHistogram? Finish()
    {
        if (_sum is null || _isMixed)
        {
            return null;
        }

        if (_sawReset && _sawNoReset)
        {
            annotations.Warn("conflicting counter resets during histogram aggregation", position);
        }

        var total = HistogramArithmetic.Add(_sum, _compensation!) with { ResetHint = _sum.ResetHint };
        if (double.IsInfinity(_sum.Sum))
        {
            total = total with { Sum = _sum.Sum };
        }

        return HistogramArithmetic.Compact(isMean && !_isIncremental ? HistogramArithmetic.Divide(total, _count) : total);
    }

    private void MergeSums(HistogramSum other, int count)
    {
        if (HistogramArithmetic.HaveOtherBounds(_sum!, other._sum!))
        {
            annotations.Inform("mismatched custom buckets were reconciled during aggregation", position);
        }

        // Means are weighted by how many values they are of; sums are added as they are.
        var isIncremental = _isIncremental || other._isIncremental;
        var (mine, others) = (Part(this), Part(other));
        var (sum, compensation) = HistogramArithmetic.AddCompensated(mine.Sum, mine.Compensation, others.Sum);
        (_sum, _compensation) = HistogramArithmetic.AddCompensated(sum, compensation, others.Compensation);
        _isIncremental = isIncremental;

        (FloatHistogram Sum, FloatHistogram Compensation) Part(HistogramSum part)
        {
            var share = !isIncremental ? 1 : (part._isIncremental ? part._count : 1.0) / count;
            return (HistogramArithmetic.Multiply(part._sum!, share), HistogramArithmetic.Multiply(part._compensation!, share));
        }
    }

    // A mean whose sum would overflow is kept as a mean from there on.
    private void Accumulate(FloatHistogram histogram)
    {
        if (!_isIncremental)
        {
            var (sum, compensation) = HistogramArithmetic.AddCompensated(_sum!, _compensation!, histogram);
            if (!isMean || (!double.IsInfinity(sum.Count) && !double.IsInfinity(sum.Sum)))
            {
                (_sum, _compensation) = (sum, compensation);
                return;
            }

            _isIncremental = true;
            (_sum, _compensation) = (HistogramArithmetic.Divide(_sum!, _count - 1), HistogramArithmetic.Divide(_compensation!, _count - 1));
        }

        var share = (_count - 1.0) / _count;
        (_sum, _compensation) = HistogramArithmetic.AddCompensated(
            HistogramArithmetic.Multiply(_sum!, share),
            HistogramArithmetic.Multiply(_compensation!, share),
            HistogramArithmetic.Divide(histogram, _count));
    }
}
