using CsCheck;
using Gander.Api.Tools;

namespace Gander.Tests.Api.Tools;

public sealed class ErrorTemplateTests
{
    [Theory]
    [InlineData("Rate limit exceeded: 429 Too Many Requests", "Rate limit exceeded: <n> Too Many Requests")]
    [InlineData("ENOENT: no such file or directory, open '/home/dev/a b.txt'", "ENOENT: no such file or directory, open '<path> b.txt'")]
    [InlineData("File not found: src/Retry/Policy.cs.", "File not found: <path>.")]
    [InlineData("C:\\work\\x.txt is locked", "<path> is locked")]
    [InlineData("./build.sh: line 12: foo: command not found", "<path>: line <n>: foo: command not found")]
    [InlineData("connect to http://127.0.0.1:8991/v1 failed", "connect to <url> failed")]
    [InlineData("connect ECONNREFUSED 127.0.0.1:8991", "connect ECONNREFUSED <n>")]
    [InlineData("no call with id toolu_01A2b3C4d5E6f7", "no call with id <id>")]
    [InlineData("commit 9f9d2dce389bc0f2 (550e8400-e29b-41d4-a716-446655440000) is gone", "commit <id> (<id>) is gone")]
    [InlineData("took 1.5s, limit 1,000ms", "took <n>s, limit <n>,<n>ms")]
    [InlineData("Failed\n  Expected: 3\r\n\tActual:   2", "Failed Expected: <n> Actual: <n>")]
    [InlineData("read and/or write", "read and/or write")]
    [InlineData("   ", "")]
    [InlineData("", "")]
    public void What_differs_from_call_to_call_gives_way(string error, string template) => Assert.Equal(template, ErrorTemplate.Of(error));

    [Fact]
    public void A_template_is_its_own_template() =>
        Gen.String[0, 80].Where(text => text.Length < ErrorTemplate.MaxLength / 5).Sample(text => Assert.Equal(ErrorTemplate.Of(text), ErrorTemplate.Of(ErrorTemplate.Of(text))));

    [Fact]
    public void Errors_that_differ_in_numbers_alone_have_one_template() => Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 999_999]).Sample((left, right) =>
        Assert.Equal(ErrorTemplate.Of($"exit code {left} after {left} ms"), ErrorTemplate.Of($"exit code {right} after {right} ms")));

    [Fact]
    public void A_long_error_is_told_by_its_beginning() => Assert.InRange(ErrorTemplate.Of(new string('x', 1_000_000)).Length, 1, ErrorTemplate.MaxLength);
}
