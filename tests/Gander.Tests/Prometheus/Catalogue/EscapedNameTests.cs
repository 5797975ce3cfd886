using Gander.Prometheus.Catalogue;

namespace Gander.Tests.Prometheus.Catalogue;

public sealed class EscapedNameTests
{
    [Theory]
    [InlineData("job", "job")]
    [InlineData("U__http_2e_method", "http.method")]
    [InlineData("U__a__b", "a_b")]
    [InlineData("U__my_2e_dot__and_1f600_", "my.dot_and😀")]
    [InlineData("U__", "")]
    [InlineData("U__broken_2", "U__broken_2")]
    [InlineData("U__broken_zz_", "U__broken_zz_")]
    [InlineData("U__half_d800_", "U__half_d800_")]
    public void An_escaped_name_is_read(string text, string name) => Assert.Equal(name, EscapedName.Read(text));
}
