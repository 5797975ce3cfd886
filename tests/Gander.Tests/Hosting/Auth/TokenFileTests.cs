using Gander.Hosting;
using Gander.Hosting.Auth;

namespace Gander.Tests.Hosting.Auth;

public sealed class TokenFileTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_token_itself_is_not_in_the_file_and_only_the_owner_can_read_it()
    {
        var file = new TokenFile(_folder, TimeProvider.System);

        var token = file.Create("dev", TokenScopes.All, "ann", null, null);

        Assert.True(TokenSecret.IsTokenShaped(token));
        Assert.DoesNotContain(token[TokenSecret.Prefix.Length..], File.ReadAllText(file.FullPath), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestServer.Mode(file.FullPath));
    }

    [Fact]
    public void Tokens_are_listed_in_the_order_they_were_made_with_all_but_the_secret()
    {
        var file = new TokenFile(_folder, TimeProvider.System);
        file.Create("first", TokenScopes.Ingest, "ann", "birds", TimeSpan.FromDays(1));
        file.Create("second", TokenScopes.Read, " ", null, null);

        var tokens = new TokenFile(_folder, TimeProvider.System).Read();

        Assert.Equal([("first", TokenScopes.Ingest, "ann"), ("second", TokenScopes.Read, null)], tokens.Select(token => (token.Name, token.Scopes, token.User)));
        Assert.Equal(TimeSpan.FromDays(1), tokens[0].ExpiresAt - tokens[0].CreatedAt);
        Assert.Null(tokens[1].ExpiresAt);
    }

    [Fact]
    public void A_name_is_unique_until_it_is_revoked()
    {
        var file = new TokenFile(_folder, TimeProvider.System);
        file.Create("dev", TokenScopes.All, null, null, null);

        Assert.Throws<StartException>(() => file.Create("dev", TokenScopes.All, null, null, null));
        Assert.True(file.Revoke("dev"));
        Assert.False(file.Revoke("dev"));
        Assert.NotEmpty(file.Create("dev", TokenScopes.All, null, null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_name_can_be_printed_on_one_line(string name) =>
        Assert.Throws<StartException>(() => new TokenFile(_folder, TimeProvider.System).Create(name, TokenScopes.All, null, null, null));

    [Fact]
    public void Two_tokens_are_never_equal() => Assert.Distinct(Enumerable.Range(0, 100).Select(_ => TokenSecret.Create()));
}
