using System.Text;
using Gander.Agent.Configuration;

namespace Gander.Agent.Extensions;

/// <summary>Splits a text into words as a shell does with quotes and backslashes, without variables or anything else that runs.</summary>
internal static class CommandWords
{
    /// <summary>The words.</summary>
    /// <exception cref="AgentConfigurationException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\\' && quote != '\'' && i + 1 < text.Length && (quote == '\0' || text[i + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(text[++i]);
                isWord = true;
            }
            else if (quote != '\0')
            {
                quote = character == quote ? '\0' : Keep(character);
            }
            else if (character is '"' or '\'')
            {
                (quote, isWord) = (character, true);
            }
            else if (char.IsWhiteSpace(character))
            {
                End();
            }
            else
            {
                word.Append(character);
                isWord = true;
            }
        }

        End();
        return quote == '\0' ? words : throw new AgentConfigurationException($"In the extension '{text}' a {quote} is not closed.");

        char Keep(char character)
        {
            word.Append(character);
            return quote;
        }

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}
