using Gander.Hosting;
using Gander.Hosting.Configuration;

namespace Gander.Tests.Hosting.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gander-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_any_source_every_option_has_its_default()
    {
        var options = Load().Get<ServerOptions>();

        Assert.Equal("127.0.0.1:4317", options.OtlpGrpc.ToString());
        Assert.Equal("127.0.0.1:4318", options.OtlpHttp.ToString());
        Assert.Equal("127.0.0.1:4319", options.Listen.ToString());
        Assert.Equal(150, options.KeepAliveSeconds);
    }

    [Fact]
    public void The_file_is_weaker_than_the_environment_which_is_weaker_than_flags()
    {
        var file = "keepAliveSeconds: 100\nmaxConnections: 100\nsweepMinutes: 100\nallowedHosts: [a.example, b.example]\n";
        var environment = new Dictionary<string, string> { ["GANDER_MAX_CONNECTIONS"] = "200", ["GANDER_SWEEP_MINUTES"] = "200" };
        var flags = new Dictionary<string, SettingValue> { ["sweepMinutes"] = new(["300"], "--set") };

        var options = Load(file, environment, flags).Get<ServerOptions>();

        Assert.Equal((100, 200, 300), (options.KeepAliveSeconds, options.MaxConnections, options.SweepMinutes));
        Assert.Equal(["a.example", "b.example"], options.AllowedHosts);
    }

    [Fact]
    public void A_list_in_the_environment_is_separated_by_commas() =>
        Assert.Equal(
            ["a.example", "b.example"],
            Load(environment: new() { ["GANDER_ALLOWED_HOSTS"] = "a.example, b.example" }).Get<ServerOptions>().AllowedHosts);

    [Fact]
    public void An_unknown_name_in_the_file_is_an_error_with_its_line_and_a_suggestion() =>
        Assert.Equal(
            $"{FilePath}:2: there is no setting 'keepAliveSecond'; did you mean 'keepAliveSeconds'?",
            Refused("listen: 127.0.0.1:1\nkeepAliveSecond: 100\n"));

    [Fact]
    public void A_misspelt_variable_is_an_error_and_a_foreign_one_a_warning()
    {
        var misspelt = Assert.Throws<ConfigurationException>(() => Load(environment: new() { ["GANDER_LISTN"] = "127.0.0.1:1" }));
        var foreign = Load(environment: new() { ["GANDER_FLIGHT_PLAN"] = "x", ["GANDER_SHARED"] = "../shared", ["OTHER"] = "x" });

        Assert.Equal("GANDER_LISTN: there is no such variable; did you mean 'GANDER_LISTEN'?", misspelt.Message);
        Assert.Equal(["The environment variable GANDER_FLIGHT_PLAN is not a setting of gander and is ignored."], foreign.Warnings);
    }

    [Fact]
    public void A_value_out_of_range_names_the_setting_the_place_and_the_range() =>
        Assert.Equal($"{FilePath}:1: keepAliveSeconds is '5'. It must be between 60 and 3600.", Refused("keepAliveSeconds: 5\n"));

    [Fact]
    public void A_value_of_the_wrong_kind_says_what_is_expected() =>
        Assert.Equal(
            $"{FilePath}:1: listen is 'gander.example:80', but must be HOST:PORT with an IP address, localhost or *, such as 127.0.0.1:4318.",
            Refused("listen: gander.example:80\n"));

    [Theory]
    [InlineData("https://gander.example")]
    [InlineData("gander.example:4319")]
    public void A_host_is_allowed_by_its_name_alone(string host) =>
        Assert.Equal(
            $"{FilePath}:1: allowedHosts is '{host}'. '{host}' is no host name: write it without scheme and port, such as gander.example.org.",
            Refused($"allowedHosts: ['{host}']\n"));

    [Fact]
    public void Every_setting_is_documented_under_its_section()
    {
        var page = SourceTree.Read("docs/configuration.md").Split("\n## ");

        Assert.All(
            OptionsCatalogue.All.SelectMany(section => section.Settings),
            setting => Assert.Contains(page, section =>
                (setting.Section.Name.Length == 0 ? section.StartsWith("The server\n", StringComparison.Ordinal) : section.Split('\n')[0].EndsWith($"(`{setting.Section.Name}`)", StringComparison.Ordinal))
                && section.Contains($"`{setting.Key}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_mistake_is_reported_at_once() =>
        Assert.Equal(3, Refused("keepAliveSeconds: 5\nfoo: 1\nreadOnly: perhaps\n").Split(Environment.NewLine).Length);

    [Fact]
    public void Text_that_is_not_yaml_is_reported_with_its_line() => Assert.StartsWith($"{FilePath}:1: this is not YAML", Refused("a: ]\n"), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_was_named_must_exist() =>
        Assert.Throws<ConfigurationException>(() => Settings.Load(
            OptionsCatalogue.All, Path.Combine(_folder, "absent.yaml"), fileRequired: true, new Dictionary<string, string>(), new Dictionary<string, SettingValue>()));

    [Fact]
    public void Every_variable_and_every_name_means_one_setting()
    {
        var settings = OptionsCatalogue.All.SelectMany(section => section.Settings).ToList();

        Assert.Distinct(settings.Select(setting => setting.Variable));
        Assert.Distinct(settings.Select(setting => setting.Path));
    }

    [Fact]
    public void Every_class_of_options_is_in_the_catalogue() =>
        Assert.Empty(typeof(ServerOptions).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Except(OptionsCatalogue.All.Select(section => section.Type)));

    private string FilePath => Path.Combine(_folder, "gander.yaml");

    private string Refused(string file) => Assert.Throws<ConfigurationException>(() => Load(file)).Message;

    private Settings Load(string file = "", Dictionary<string, string>? environment = null, Dictionary<string, SettingValue>? flags = null)
    {
        File.WriteAllText(FilePath, file);
        return Settings.Load(OptionsCatalogue.All, FilePath, fileRequired: false, environment ?? [], flags ?? []);
    }
}
