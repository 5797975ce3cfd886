using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Gander.Agent.Telemetry;

namespace Gander.Tests.Agent.Telemetry;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("key sk-proj-4f8a91b2c3d4e5f60718293a4b5c6d7e end", "key [masked] end")]
    [InlineData("sk-ant-api03-AbCdEfGhIjKlMnOpQrStUv", "[masked]")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[masked]")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwx", "[masked]")]
    [InlineData("glpat-12345678901234567890", "[masked]")]
    [InlineData("xoxb-123456789012-abcdefghijkl", "[masked]")]
    [InlineData("id AKIAIOSFODNN7EXAMPLE.", "id [masked]")]
    [InlineData("AIzaSyA1234567890abcdefghijklmnopqrstuv", "[masked]")]
    [InlineData("gsk_1234567890abcdefghij", "[masked]")]
    [InlineData("hf_1234567890abcdefghij", "[masked]")]
    [InlineData("npm_1234567890abcdefghij", "[masked]")]
    [InlineData("gander_1234567890abcdefghij", "[masked]")]
    public void Keys_of_vendors_are_known_by_their_prefix(string text, string expected) => Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("Authorization: Bearer abc123def456", "Authorization: Bearer [masked]")]
    [InlineData("authorization: basic dXNlcjpwYXNzd29yZA==", "authorization: basic [masked]")]
    [InlineData("curl -H 'Authorization: Bearer abc123def456' https://x", "curl -H 'Authorization: Bearer [masked]' https://x")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=Authorization=Basic%20dXNlcjpwYXNz", "OTEL_EXPORTER_OTLP_HEADERS=Authorization=[masked]")]
    [InlineData("{\"Authorization\":\"Bearer abc123def456\"}", "{\"Authorization\":\"[masked]\"}")]
    [InlineData("x-api-key: 9f8e7d6c5b4a", "x-api-key: [masked]")]
    [InlineData("token eyJhbGciOiJIUzI1NiIs.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4 ok", "token [masked] ok")]
    public void Credentials_of_headers_are_masked(string text, string expected) => Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("postgres://admin:s3cr3t!@db.example.org/app", "postgres://admin:[masked]@db.example.org/app")]
    [InlineData("https://user:p@ss@host:8080/x", "https://user:[masked]@host:8080/x")]
    [InlineData("see https://example.org:8080/a@b for more", "see https://example.org:8080/a@b for more")]
    public void Passwords_in_urls_are_masked(string text, string expected) => Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("export OPENAI_API_KEY=abcdefgh", "export OPENAI_API_KEY=[masked]")]
    [InlineData("DB_PASSWORD='hunter2'", "DB_PASSWORD='[masked]'")]
    [InlineData("pwd=abc", "pwd=[masked]")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [masked]")]
    [InlineData("""{"api_key": "abc def", "n": 1}""", """{"api_key": "[masked]", "n": 1}""")]
    [InlineData("""{"arguments":"{\"password\":\"hunter2\"}"}""", """{"arguments":"{\"password\":\"[masked]\"}"}""")]
    [InlineData("""{"password":"a\"b\\c","n":1}""", """{"password":"[masked]","n":1}""")]
    [InlineData("""{"\u0022password\u0022:\u0022hunter2\u0022"}""", """{"\u0022password\u0022:\u0022[masked]\u0022"}""")]
    [InlineData("https://x/?access_token=abc123def&a=b", "https://x/?access_token=[masked]&a=b")]
    [InlineData("first\\nSTRIPE_KEY=abc12345\\nlast", "first\\nSTRIPE_KEY=[masked]\\nlast")]
    public void What_is_assigned_to_a_secret_name_is_masked(string text, string expected) => Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("max_tokens: 4096, total_tokens=300")]
    [InlineData("var api_key = LoadKey();")]
    [InlineData("API_KEY=$OPENAI_API_KEY and password: null")]
    [InlineData("api_key = os.environ[\"OPENAI_API_KEY\"]")]
    [InlineData("the token: it is a word; Basic authentication is plain")]
    [InlineData("if (token == other) return token => 1;")]
    [InlineData("chatcmpl-1234567890abcdef call_1234567890abcdef req_1234567890ab 20261123_1")]
    [InlineData("git commit 0123456789abcdef0123456789abcdef01234567")]
    [InlineData("task-list-4-of-the-day sk-learn-is-a-word-with-4-dashes")]
    public void Ordinary_text_stays_as_it_is(string text) => Assert.Same(text, SecretMask.Apply(text));

    [Fact]
    public void Private_keys_are_masked_between_their_lines()
    {
        const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA+/=\nabc\n-----END RSA PRIVATE KEY-----";

        Assert.Equal("a -----BEGIN RSA PRIVATE KEY-----[masked]-----END RSA PRIVATE KEY----- b", SecretMask.Apply($"a {Key} b").Replace("\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain("MIIEp", SecretMask.Apply(JsonSerializer.Serialize(Key)), StringComparison.Ordinal);
        Assert.DoesNotContain("MIIEp", SecretMask.Apply("-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA cut off"), StringComparison.Ordinal);
        Assert.Equal("-----BEGIN CERTIFICATE-----\nMIIB", SecretMask.Apply("-----BEGIN CERTIFICATE-----\nMIIB"));
    }

    [Fact]
    public void Masked_json_is_still_json()
    {
        string[] names = ["password", "api_key", "text", "token", "output"];
        string[] hard = ["sk-proj-4f8a91b2c3d4e5f60718293a", "-----BEGIN PRIVATE KEY-----\nabc", "https://u:p@h", "Bearer abc123def456", "a\\", "x=\"", "PASSWORD=\"a\"b", "token='"];
        var value = Gen.OneOf(Gen.String, Gen.Int[0, hard.Length - 1].Select(i => hard[i]));

        Gen.Select(Gen.Int[0, names.Length - 1], value).Array[0, 8].Sample(values =>
        {
            var once = JsonSerializer.Serialize(values.Select(pair => new Dictionary<string, string> { [names[pair.Item1]] = pair.Item2 }));
            var twice = JsonSerializer.Serialize(new { arguments = once });
            foreach (var json in (string[])[once, twice])
            {
                using var document = JsonDocument.Parse(SecretMask.Apply(json));
            }
        });
    }

    [Fact]
    public void Masking_twice_changes_nothing_more() =>
        Gen.Char["abk=:\"'\\ -_.@/{}BearsicpwodtnA0\n"].Array[0, 60].Select(letters => new string(letters)).Sample(text =>
        {
            var once = SecretMask.Apply(text);
            Assert.Equal(once, SecretMask.Apply(once));
        });

    [Theory]
    [InlineData("token:")]
    [InlineData("token='")]
    [InlineData("password=")]
    [InlineData("password:\"")]
    [InlineData("Bearer ")]
    [InlineData("basic%20")]
    [InlineData("https://a:")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN ")]
    [InlineData("eyJ0123456789abcdef.")]
    [InlineData("sk-")]
    [InlineData("a_key\\\\\\\\\"")]
    public void No_text_makes_it_slow(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));
        SecretMask.Apply(text[..10_000]);

        var watch = Stopwatch.StartNew();
        SecretMask.Apply(text);

        // A quadratic scan of two million letters would take hours; the bound is wide because machines are shared.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
