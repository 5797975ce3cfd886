using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gander.Prometheus.Answers;

/// <summary>Chooses how an answer is compressed (RFC 9110, section 12.5.3).</summary>
internal static class AnswerCodings
{
    /// <summary>The coding the client likes best; of two that it likes alike, the cheaper one.</summary>
    public static AnswerCoding Choose(StringValues acceptEncoding)
    {
        if (acceptEncoding.Count == 0 || !StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var wishes))
        {
            return AnswerCoding.None;
        }

        var (zstd, gzip) = (Quality(wishes, "zstd"), Quality(wishes, "gzip"));
        return zstd > 0 && zstd >= gzip ? AnswerCoding.Zstd : gzip > 0 ? AnswerCoding.Gzip : AnswerCoding.None;
    }

    private static double Quality(IList<StringWithQualityHeaderValue> wishes, string coding)
    {
        var wish = wishes.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? (coding == "gzip" ? wishes.FirstOrDefault(one => one.Value == "*") : null);
        return wish is null ? 0 : wish.Quality ?? 1;
    }
}
