using Gander.Sessions.Calls;

namespace Gander.Tests.Sessions.Calls;

public sealed class ConversationTextTests
{
    [Theory]
    [InlineData("""[{"role":"user","parts":[{"type":"text","content":"one"}]},{"role":"assistant","parts":[{"type":"text","content":"two"}]},{"role":"user","parts":[{"type":"text","content":"three"}]}]""", "three")]
    [InlineData("""[{"role":"system","content":"be brief"},{"role":"user","content":[{"type":"text","text":"why"},{"type":"image"}]}]""", "why")]
    [InlineData("""[{"role":"user","content":"as it is"},{"role":"tool","content":"ls"}]""", "as it is")]
    [InlineData("""[{"role":"user","parts":7},"text",null]""", null)]
    [InlineData("""[{"role":"user","content":"cut of""", null)]
    [InlineData("a sentence", null)]
    public void The_last_message_of_a_role_is_read(string messages, string? text) => Assert.Equal(text, ConversationText.Last(messages, "user"));
}
