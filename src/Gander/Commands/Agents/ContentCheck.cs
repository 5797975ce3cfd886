namespace Gander.Commands.Agents;

/// <summary>Whether an agent sends prompts and the texts of tools, which most leave out.</summary>
internal static class ContentCheck
{
    /// <summary>The name of the finding.</summary>
    public const string Id = "content.off";

    /// <summary>A note when content is off.</summary>
    /// <param name="title">The agent.</param>
    /// <param name="isOn">Whether it is on.</param>
    /// <param name="fix">The lines that turn it on.</param>
    public static IEnumerable<Finding> Of(string title, bool isOn, string fix)
    {
        if (!isOn)
        {
            yield return Finding.Note(
                Id,
                $"{title} leaves out prompts, answers and the texts of tools",
                "Sessions have figures and no text. What is sent stays with the server it is sent to; see that it may know it.",
                fix);
        }
    }
}
