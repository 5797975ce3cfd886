using Gander.Commands.Chat;

namespace Gander.Tests.Commands.Chat;

/// <summary>What is said to the program and what to the agent.</summary>
public sealed class SlashCommandsTests
{
    [Theory]
    [InlineData("/help", true)]
    [InlineData("/mode auto", true)]
    [InlineData("/extension kv:node /opt/kv.mjs", true)]
    [InlineData("/etc/hosts is what?", false)]
    [InlineData("/help\nme with this", false)]
    [InlineData("look at /help", false)]
    public void A_path_at_the_beginning_is_no_command(string text, bool isCommand) => Assert.Equal(isCommand, SlashCommands.IsOne(text));
}
