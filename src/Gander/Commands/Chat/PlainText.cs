namespace Gander.Commands.Chat;

/// <summary>Text of models, tools and people as a terminal may show it over several lines: no control character but line breaks and tabs reaches it.</summary>
internal static class PlainText
{
    /// <summary>The text; CR LF is a line break, and every other control character is U+FFFD.</summary>
    public static string Of(string text)
    {
        if (!text.Any(character => char.IsControl(character) && character is not ('\n' or '\t')))
        {
            return text;
        }

        return string.Create(text.Replace("\r\n", "\n", StringComparison.Ordinal).Length, text.Replace("\r\n", "\n", StringComparison.Ordinal), static (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                plain[i] = char.IsControl(from[i]) && from[i] is not ('\n' or '\t') ? '\ufffd' : from[i];
            }
        });
    }
}
