using Gander.Hosting.Configuration;
using Gander.Hosting.Identities;
using Gander.Stores;
using Gander.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Tests.Hosting.Identities;

public sealed class PeopleTests
{
    private const string Listed =
        """
        people:
          - name: Ann
            team: birds
            emails: [ann@example.com, ann@home.example]
            accounts: acc-1
            users: [ann, adev]
            hosts: [ann-laptop]
          - {name: Bob, users: [bob], emails: [bob@example.com]}
        teams:
          birds: [platform, plat]
        """;

    [Theory]
    [InlineData("x", "ANN@example.com", null, null, "Ann")]
    [InlineData("ann@home.example", null, null, null, "Ann")]
    [InlineData(null, null, "acc-1", null, "Ann")]
    [InlineData("adev", null, null, "some-host", "Ann")]
    [InlineData("Ann", null, null, null, "Ann")]
    [InlineData("unknown", null, null, "ann-laptop", "Ann")]
    [InlineData("bob", null, null, "ann-laptop", "Bob")]
    [InlineData("ann", "bob@example.com", null, null, "Bob")]
    [InlineData("eve", "eve@example.com", null, null, "eve")]
    [InlineData(null, "eve@example.com", "acc-2", null, "eve@example.com")]
    [InlineData(null, null, "acc-2", "h", "acc-2")]
    [InlineData(null, null, null, "h", "h")]
    [InlineData(null, null, null, null, null)]
    public void A_person_is_found_by_the_surest_name(string? user, string? email, string? account, string? host, string? name) =>
        Assert.Equal(name, Read(Listed).Find(new UsageIdentity(user, email, account, null, host)).Name);

    [Fact]
    public void A_team_is_the_persons_else_that_of_telemetry_by_its_joined_name()
    {
        var people = Read(Listed);

        Assert.Equal("birds", people.Find(new UsageIdentity("ann", null, null, "fish", null)).Team);
        Assert.Equal("birds", people.Find(new UsageIdentity("bob", null, null, "Platform", null)).Team);
        Assert.Equal("fish", people.Find(new UsageIdentity("eve", null, null, "fish", null)).Team);
        Assert.Null(people.Find(new UsageIdentity("eve", null, null, null, null)).Team);
    }

    [Theory]
    [InlineData("people: [{name: A}, {name: A}]", "people.yaml:1: 'A' is listed twice.")]
    [InlineData("people: [{name: A, users: [x]}, {name: B, users: [X]}]", "people.yaml:1: 'X' of users belongs to 'A' already.")]
    [InlineData("people: [{users: [x]}]", "people.yaml:1: name is missing.")]
    [InlineData("people: [{name: A, mails: [x]}]", "people.yaml:1: there is no 'mails' here; did you mean 'emails'?")]
    [InlineData("teams: {a: [x], b: [x]}", "people.yaml:1: 'x' is in two teams.")]
    public void A_mistake_is_told_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Read(text)).Message);

    [Fact]
    public void The_file_is_read_again_when_it_changes_and_kept_when_it_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("people.yaml");
        File.WriteAllText(path, "people: [{name: Ann, users: [a]}]");
        var time = new ManualTime("2026-03-10T12:00Z");
        var file = new PeopleFile(new IdentityOptions { File = path }, time, NullLogger<PeopleFile>.Instance);

        var first = Name(file);
        File.WriteAllText(path, "people: [{name: Annabel, users: [a]}]");
        var atOnce = Name(file);
        time.Advance(TimeSpan.FromSeconds(2));
        var second = Name(file);
        File.WriteAllText(path, "people: [{names: none}]");
        time.Advance(TimeSpan.FromSeconds(2));
        var third = Name(file);

        Assert.Equal(("Ann", "Ann", "Annabel", "Annabel"), (first, atOnce, second, third));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake_of_the_configuration() => Assert.Contains(
        "identities.file",
        Assert.Throws<ConfigurationException>(() => new PeopleFile(new IdentityOptions { File = "/nonexistent" }, TimeProvider.System, NullLogger<PeopleFile>.Instance)).Message,
        StringComparison.Ordinal);

    private static string? Name(PeopleFile file) => file.Current.Find(new UsageIdentity("a", null, null, null, null)).Name;

    private static People Read(string text)
    {
        using var reader = new StringReader(text);
        return People.Read("people.yaml", reader);
    }
}
