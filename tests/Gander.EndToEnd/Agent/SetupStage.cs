using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gander.EndToEnd.Harness;
using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Agent;

/// <summary>
/// Somebody's machine on which <c>gander</c> is installed and a model can be reached, beside a Gander that needs a token. Nothing of
/// telemetry is set up yet.
/// </summary>
public sealed partial class SetupStage : OptionalStage
{
    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;
    private FakeModel? _model;

    internal GanderProcess Gander => Present(_gander);

    internal FakeModel Model => Present(_model);

    /// <summary>What the server's owner was given by <c>gander token create</c>.</summary>
    internal string Token { get; private set; } = "";

    /// <summary>The file that a shell of this person reads.</summary>
    internal string Profile => _folder.Combine("home", ".zshrc");

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Prerequisite.Program("script");
        Prerequisite.Program("bash");
        _model = await FakeModel.StartAsync(cancellationToken);
        _gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancellationToken);
        var (exitCode, printed) = await GanderProcess.RunAsync(cancellationToken, "token", "create", "--name", "ann", "--data", _gander.Data);
        Assert.Equal(0, exitCode);
        Token = TokenText().Match(printed).Value;
        // As in a browser: the cookie goes with all later requests.
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", Token)]);
        using var signedIn = await _gander.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), form, cancellationToken);
        Assert.True(signedIn.IsSuccessStatusCode);
        Directory.CreateDirectory(_folder.Combine("home", "code"));
        await File.WriteAllTextAsync(_folder.Combine("home", "code", "main.py"), "print('honk')\n", cancellationToken);
        Install();
    }

    protected override async ValueTask CleanAsync()
    {
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_model?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>
    /// A shell on a terminal in which the model's settings are there, as <c>gander</c> is installed and configured. Before each prompt
    /// it says with which exit code the last command ended.
    /// </summary>
    internal ChildProcess OpenShell()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{_folder.Combine("bin")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = _folder.Combine("home"),
            ["TERM"] = "xterm-256color",
            ["LANG"] = "C.UTF-8",
            ["PS1"] = "$ ",
            ["PROMPT_COMMAND"] = "echo \"ended with $?\"",
            ["DOTNET_NOLOGO"] = "true",
            ["GOOSE_PROVIDER"] = "openai",
            ["GOOSE_MODEL"] = "gpt-4o",
            ["OPENAI_HOST"] = Model.Address.GetLeftPart(UriPartial.Authority),
            ["OPENAI_API_KEY"] = "x",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            environment["DOTNET_ROOT"] = root;
        }

        return ChildProcess.Start(Prerequisite.Program("script"), ["-qfec", "bash --noprofile --norc -i", "/dev/null"], environment, _folder.Combine("home", "code"));
    }

    /// <summary>The text that a page shows, with white space made single.</summary>
    internal async Task<string> PageAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await Gander.Http.SendAsync(request, cancellationToken);
        var html = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, html);
        return White().Replace(System.Net.WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ");
    }

    /// <summary>The list that a query API gives, once it has this many entries.</summary>
    internal async Task<IReadOnlyList<JsonElement>> ListAsync(string path, string list, int count, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            async () => (await Gander.GetAsync(path, cancellationToken)).Items(list),
            found => found.Count >= count,
            TimeSpan.FromSeconds(30),
            string.Create(CultureInfo.InvariantCulture, $"{count} entries of {path}"),
            cancellationToken);

    // A script in a folder of the path, as an installed program is one file there.
    private void Install()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(SharedData.RepositoryRoot, "src", "Gander", "bin", configuration, "net10.0", "gander.dll");
        Directory.CreateDirectory(_folder.Combine("bin"));
        var script = _folder.Combine("bin", "gander");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [GeneratedRegex("gander_[A-Za-z0-9_-]{20,}")]
    private static partial Regex TokenText();

    [GeneratedRegex("<script.*?</script>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
