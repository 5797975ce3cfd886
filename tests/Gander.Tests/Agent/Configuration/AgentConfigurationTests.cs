using Gander.Agent.Configuration;

namespace Gander.Tests.Agent.Configuration;

public sealed class AgentConfigurationTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Flags_win_over_the_environment_that_over_the_own_file_and_that_over_the_one_of_goose()
    {
        _home.Write(".config/goose/config.yaml", "GOOSE_MODE: chat\nGOOSE_MAX_TURNS: 5\nGOOSE_CONTEXT_LIMIT: 9000\nGOOSE_TEMPERATURE: 0.5\n");
        _home.Write(".config/gander/agent.yaml", "mode: approve\nmaxTurns: 6\nGOOSE_CONTEXT_LIMIT: 10000\n");

        var configuration = Load(new() { ["GOOSE_MAX_TURNS"] = "7", ["GOOSE_MODE"] = "smart_approve" }, new() { ["GOOSE_MODE"] = "auto" });

        Assert.Equal("auto", configuration.Text("GOOSE_MODE"));
        Assert.Equal(7, configuration.Number("GOOSE_MAX_TURNS"));
        Assert.Equal(10_000, configuration.Number("GOOSE_CONTEXT_LIMIT"));
        Assert.Equal(0.5, configuration.Fraction("GOOSE_TEMPERATURE", 0, 2));
        Assert.Null(configuration.Text("GOOSE_NOTHING"));
    }

    [Theory]
    [InlineData("GOOSE_PROVIDER: openai\nGOOSE_MODEL: gpt-4o\n", "openai", "gpt-4o")]
    [InlineData("active_provider: Anthropic\nproviders:\n  anthropic:\n    enabled: true\n    model: claude-sonnet-4-5\n  openai:\n    model: gpt-5\n", "anthropic", "claude-sonnet-4-5")]
    [InlineData("active_provider: ollama\nproviders:\n  ollama:\n    model: qwen3\nGOOSE_PROVIDER: openai\nGOOSE_MODEL: gpt-4o\n", "ollama", "qwen3")]
    public void Both_forms_of_choosing_a_model_are_read(string yaml, string provider, string model)
    {
        _home.Write(".config/goose/config.yaml", yaml);

        Assert.Equal(new ModelSelection(provider, model), Load().Model());
    }

    [Fact]
    public void The_model_of_one_provider_is_not_given_to_another()
    {
        _home.Write(".config/goose/config.yaml", "GOOSE_PROVIDER: openai\nGOOSE_MODEL: gpt-4o\n");

        var mistake = Assert.Throws<AgentConfigurationException>(() => Load(new() { ["GOOSE_PROVIDER"] = "anthropic" }).Model());

        Assert.Contains("export GOOSE_PROVIDER=anthropic GOOSE_MODEL=claude-sonnet-4-5", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(new ModelSelection("openai", "o3"), Load(new() { ["GOOSE_MODEL"] = "o3" }).Model());
    }

    [Fact]
    public void Without_a_provider_the_lines_to_write_are_told()
    {
        var mistake = Assert.Throws<AgentConfigurationException>(() => Load().Model());

        Assert.Contains("export GOOSE_PROVIDER=openai GOOSE_MODEL=gpt-4o OPENAI_API_KEY=", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(_home.Combine(".config", "gander", "agent.yaml"), mistake.Message, StringComparison.Ordinal);
        Assert.Contains("provider: openai", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_follow_the_variables_that_name_them()
    {
        var paths = new AgentPaths(new Dictionary<string, string>
        {
            ["HOME"] = "/home/someone",
            ["XDG_DATA_HOME"] = "/data",
            ["XDG_CONFIG_HOME"] = "relative/is/ignored",
            ["GOOSE_PATH_ROOT"] = "/goose",
        });

        Assert.Equal("/home/someone/.config/gander", paths.Configuration);
        Assert.Equal("/goose/config", paths.GooseConfiguration);
        Assert.Equal("/data/gander/agent", paths.Data);
        Assert.Equal("/home/someone/.local/state/gander/agent", paths.State);
    }

    [Fact]
    public void A_secret_in_a_file_that_others_can_read_is_refused_with_the_line_that_helps()
    {
        var path = _home.Write(".config/gander/secrets.yaml", "OPENAI_API_KEY: sk-1\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var mistake = Assert.Throws<AgentConfigurationException>(() => Load().Secret("OPENAI_API_KEY"));

        Assert.Contains($"chmod 600 {path}", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-1", mistake.Message, StringComparison.Ordinal);
        Assert.Equal("sk-2", Load(new() { ["OPENAI_API_KEY"] = "sk-2" }).Secret("OPENAI_API_KEY"));
    }

    [Fact]
    public void A_secret_in_a_private_file_counts()
    {
        _home.Write(".config/goose/secrets.yaml", "OPENAI_API_KEY: sk-1\n");
        _home.Write(".config/gander/agent.yaml", "ANTHROPIC_API_KEY: sk-2\n");

        Assert.Equal("sk-1", Load().Secret("OPENAI_API_KEY"));
        Assert.Equal("sk-2", Load().Secret("ANTHROPIC_API_KEY"));
        Assert.Null(Load().Secret("OPENROUTER_API_KEY"));
    }

    [Fact]
    public void Extensions_of_both_files_are_joined_by_name()
    {
        _home.Write(".config/goose/config.yaml", """
            extensions:
              developer: {type: builtin, enabled: true, name: developer}
              files:
                type: stdio
                enabled: true
                name: files
                cmd: npx
                args: [-y, server, /tmp]
                envs: {A: b}
                env_keys: [TOKEN]
                timeout: 30
                available_tools: [read_file]
              docs: {type: streamable_http, enabled: true, uri: "https://example.org/mcp", headers: {X-Key: k}}
              web: {type: frontend, enabled: true}
            """);
        _home.Write(".config/gander/agent.yaml", "extensions:\n  docs: {type: streamable_http, enabled: false}\n");

        var extensions = Load(new() { ["TOKEN"] = "t" }).Extensions().ToDictionary(extension => extension.Name);

        Assert.Equal(["developer", "docs", "files"], extensions.Keys.Order());
        Assert.Equal((ExtensionKind.Builtin, true), (extensions["developer"].Kind, extensions["developer"].Enabled));
        Assert.False(extensions["docs"].Enabled);
        var files = extensions["files"];
        Assert.Equal(("npx", TimeSpan.FromSeconds(30)), (files.Command, files.Timeout));
        Assert.Equal(["-y", "server", "/tmp"], files.Arguments);
        Assert.Equal(["A=b", "TOKEN=t"], files.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        Assert.Equal(["read_file"], files.AvailableTools);
    }

    [Fact]
    public void An_extension_without_what_its_type_needs_is_told_by_its_name_and_the_missing_line()
    {
        _home.Write(".config/gander/agent.yaml", "extensions:\n  files: {type: stdio, enabled: true}\n");

        var mistake = Assert.Throws<AgentConfigurationException>(() => Load().Extensions());

        Assert.Contains("'files' needs a line such as", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("cmd: npx", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GOOSE_MAX_TURNS", "many", "a whole number")]
    [InlineData("GOOSE_MAX_TURNS", "-1", "a whole number")]
    public void A_value_of_the_wrong_kind_is_told_with_its_place(string name, string value, string expected)
    {
        var configuration = Load(new() { [name] = value });

        var mistake = Assert.Throws<AgentConfigurationException>(() => configuration.Number(name, min: 1));

        Assert.Contains($"The environment sets {name} to '{value}'", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_YAML_is_told_with_the_line()
    {
        var path = _home.Write(".config/gander/agent.yaml", "a: b\nc: [\n");

        var mistake = Assert.Throws<AgentConfigurationException>(() => Load());

        Assert.StartsWith($"{path}, line ", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_come_from_YAML_or_with_commas_from_a_variable()
    {
        _home.Write(".config/gander/agent.yaml", "allow_paths:\n  - /a\n  - /b\n");

        Assert.Equal(["/a", "/b"], Load().List("GANDER_AGENT_ALLOW_PATHS"));
        Assert.Equal(["/c", "/d"], Load(new() { ["GANDER_AGENT_ALLOW_PATHS"] = "/c, /d" }).List("GANDER_AGENT_ALLOW_PATHS"));
        Assert.Empty(Load().List("GANDER_AGENT_ALLOW_TOOLS"));
    }

    private AgentConfiguration Load(Dictionary<string, string>? environment = null, Dictionary<string, string>? flags = null)
    {
        var variables = new Dictionary<string, string>(environment ?? []) { ["HOME"] = _home.FullPath };
        return AgentConfiguration.Load(variables, flags);
    }
}
