namespace Gander.Query.PromQl.Evaluation;

/// <summary>Orders texts with the numbers in them by value: <c>node2</c> before <c>node10</c>.</summary>
internal static class NaturalOrder
{
    public static int Compare(string left, string right)
    {
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var leftNumber = Digits(left, ref i);
                var rightNumber = Digits(right, ref j);
                var byLength = leftNumber.Length.CompareTo(rightNumber.Length);
                var byValue = byLength != 0 ? byLength : string.CompareOrdinal(leftNumber, rightNumber);
                if (byValue != 0)
                {
                    return byValue;
                }
            }
            else if (left[i] != right[j])
            {
                return left[i].CompareTo(right[j]);
            }
            else
            {
                i++;
                j++;
            }
        }

        var byRest = (left.Length - i).CompareTo(right.Length - j);
        return byRest != 0 ? byRest : string.CompareOrdinal(left, right);
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at].TrimStart('0');
    }
}
