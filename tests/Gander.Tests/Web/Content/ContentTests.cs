using CsCheck;
using Gander.Web.Content;

namespace Gander.Tests.Web.Content;

public sealed class ContentTests
{
    [Fact]
    public void A_failed_shell_command_of_goose_is_taken_apart_into_streams_and_exit_code()
    {
        var result = ToolResult.Read("""{"status":"error","value":{"content":[{"type":"text","text":"x"}],"structuredContent":{"stdout":"","stderr":"cat: no such file","exit_code":3},"isError":true}}""");

        Assert.Equal(("", "cat: no such file", 3), (result.Stdout, result.Stderr, result.ExitCode));
    }

    [Fact]
    public void A_protocol_error_of_goose_is_its_text() =>
        Assert.Equal("tool not found", ToolResult.Read("""{"status":"error","error":"tool not found"}""").Text);

    [Fact]
    public void An_error_that_the_answer_shows_anyway_is_not_shown_twice()
    {
        var result = ToolResult.Read("""{"structuredContent":{"stdout":"","stderr":"cat: no such file","exit_code":3}}""");

        Assert.True(result.Holds("cat: no such file\n\nCommand exited with code 3"));
        Assert.False(result.Holds("the tool was stopped"));
    }

    [Fact]
    public void Arguments_are_summed_up_by_what_tells_calls_apart()
    {
        var arguments = ToolArguments.Read("""{"tool":"shell","arguments":{"timeout_secs":5,"command":"ls -l\npwd"}}""");

        Assert.Equal("ls -l …", arguments.Summary);
        Assert.Equal([("timeout_secs", "5"), ("command", "ls -l\npwd")], arguments.Named);
    }

    [Fact]
    public void Messages_with_parts_and_flat_messages_say_the_same()
    {
        var parts = ModelMessages.Read("""[{"role":"assistant","parts":[{"type":"text","content":"Hello"},{"type":"tool_call","name":"shell"}],"finish_reason":"tool_call"}]""");
        var flat = ModelMessages.Read("""[{"role":"assistant","content":"Hello"}]""");

        Assert.Equal([new MessagePart.Said("Hello"), new MessagePart.AskedFor("shell")], parts);
        Assert.Equal([new MessagePart.Said("Hello")], flat);
    }

    [Fact]
    public void No_text_makes_a_reader_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["{}[]\":,etxnulparscod01 "], 0, 60]).Sample(text =>
        {
            ToolResult.Read(text);
            ToolArguments.Read(text);
            ModelMessages.Read(text);
            JsonText.Pretty(text);
        });

    [Fact]
    public void Nesting_deeper_than_the_limit_is_shown_as_it_is()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);

        Assert.Equal(deep, JsonText.Pretty(deep));
    }
}
