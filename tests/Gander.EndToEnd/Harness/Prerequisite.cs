using System.Net.NetworkInformation;
using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Harness;

/// <summary>
/// Programs that some tests need and a machine may lack. A test that asks for one is skipped with the reason where it is
/// absent; with <c>CI=true</c> it fails, so that half a run is not mistaken for a whole one. <c>./test</c> installs them.
/// </summary>
internal static class Prerequisite
{
    /// <summary>The real goose: <c>GANDER_GOOSE</c>, else one on the path.</summary>
    public static string Goose() => Require("goose", "GANDER_GOOSE");

    /// <summary>Chromium: <c>GANDER_CHROMIUM</c>, else one on the path.</summary>
    public static string Chromium() => Require("chromium", "GANDER_CHROMIUM");

    /// <summary>The real Claude Code: <c>GANDER_CLAUDE</c>, else one on the path.</summary>
    public static string ClaudeCode() => Require("claude", "GANDER_CLAUDE");

    /// <summary>The real Codex: <c>GANDER_CODEX</c>, else one on the path.</summary>
    public static string Codex() => Require("codex", "GANDER_CODEX");

    /// <summary>The real Gemini CLI: <c>GANDER_GEMINI</c>, else one on the path.</summary>
    public static string GeminiCli() => Require("gemini", "GANDER_GEMINI");

    /// <summary>A machine, or a namespace of one, from which nothing can leave: all it has is loopback.</summary>
    public static void NoNetwork()
    {
        if (NetworkInterface.GetAllNetworkInterfaces().Any(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback && one.OperationalStatus != OperationalStatus.Down))
        {
            Absent("the network is not shut off; ./test --long does it, and so does unshare -n");
        }
    }

    /// <summary>Node, for the scripted model.</summary>
    public static string Node() => Require("node", "GANDER_NODE");

    /// <summary>The program of an MCP server from npm, such as <c>server-filesystem</c>, to be run with Node: in the folder that <c>GANDER_MCP_SERVERS</c> names.</summary>
    public static string McpServer(string name)
    {
        var program = Path.Combine(Environment.GetEnvironmentVariable("GANDER_MCP_SERVERS") ?? "", name, "dist", "index.js");
        return File.Exists(program) ? program : Absent($"GANDER_MCP_SERVERS does not name a folder with the MCP server {name}; ./test installs it");
    }

    /// <summary>A program of the system by name.</summary>
    public static string Program(string name) => Require(name, variable: null);

    /// <summary>The folder of a tool that lies with the reference data.</summary>
    public static string SharedTool(params ReadOnlySpan<string> path) => SharedData.Require(["tools", .. path]);

    /// <summary>Rounds of a random test: few in every run, many with <c>GANDER_LONG=true</c>.</summary>
    public static int Rounds(int usual, int many) =>
        string.Equals(Environment.GetEnvironmentVariable("GANDER_LONG"), "true", StringComparison.OrdinalIgnoreCase) ? many : usual;

    private static string Require(string name, string? variable)
    {
        var named = variable is null ? null : Environment.GetEnvironmentVariable(variable);
        if (named is { Length: > 0 } && File.Exists(named))
        {
            return named;
        }

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found ?? Absent($"{name} is not installed{(variable is null ? "" : $" and {variable} does not name it")}; ./test installs it");
    }

    private static string Absent(string reason)
    {
        Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), reason);
        Assert.Skip(reason);
        return "";
    }
}
