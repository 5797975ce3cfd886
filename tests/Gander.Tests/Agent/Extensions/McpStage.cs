using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Gander.Agent.Loop;
using Gander.Agent.Tools;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Extensions;

/// <summary>MCP servers under Node, started as the agent starts them. Tests are skipped where there is no Node.</summary>
internal sealed class McpStage : IAsyncDisposable
{
    // A server that does what servers in the wild do: it dies, hangs, grows and tells what it was given.
    private const string Script =
        """
        import readline from 'node:readline';
        const send = message => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
        const text = (id, value) => send({ id, result: { content: [{ type: 'text', text: value }] } });
        const tools = ['die', 'hang', 'grow', 'variables', 'meta', 'picture', 'empty'].map(name => ({ name, inputSchema: { type: 'object' }, annotations: { readOnlyHint: name === 'meta' } }));
        if (process.argv[2] === 'silent') setInterval(() => {}, 1000);
        else if (process.argv[2] === 'broken') { console.error('no database'); process.exit(4); }
        else readline.createInterface({ input: process.stdin }).on('line', line => {
          const { id, method, params } = JSON.parse(line);
          if (method === 'initialize') return send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo: { name: 'scripted', version: '1' } } });
          if (method === 'tools/list') return send({ id, result: { tools } });
          if (method === 'tools/call') switch (params.name) {
            case 'die': console.error('I am gone'); return process.exit(3);
            case 'hang': return;
            case 'grow': tools.push({ name: 'grown', inputSchema: { type: 'object' } }); send({ method: 'notifications/tools/list_changed' }); return text(id, 'grown');
            case 'variables': return text(id, ['GIVEN', 'OPENAI_API_KEY', 'PATH'].map(name => `${name}=${process.env[name] ? (name === 'PATH' ? 'set' : process.env[name]) : 'unset'}`).join(' ') + ` pid=${process.pid}`);
            case 'meta': return text(id, JSON.stringify(params._meta));
            case 'picture': return send({ id, result: { content: [{ type: 'text', text: 'look' }, { type: 'image', data: 'AQID', mimeType: 'image/png' }, { type: 'resource_link', uri: 'file:///x', name: 'x' }], structuredContent: { a: 1 } } });
            case 'empty': return send({ id, result: { content: [] } });
          }
          if (id !== undefined) send({ id, error: { code: -32601, message: 'no such method' } });
        });
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gander-mcp-").FullName;
    private readonly AgentTools _tools;

    private McpStage(Func<string, string, ExtensionSettings> make, Action<ExtensionOptions>? configure)
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(node is null, "node is not installed; ./test installs it");
        var script = Path.Combine(_folder, "server.mjs");
        File.WriteAllText(script, Script);
        var options = new ExtensionOptions();
        configure?.Invoke(options);
        _tools = new AgentTools([make(node, script)], new WorkFolder(_folder), new ToolOptions(), options);
    }

    public AgentTools Tools => _tools;

    public string Folder => _folder;

    public static async Task<McpStage> StartAsync(Func<ExtensionSettings, ExtensionSettings>? change = null, Action<ExtensionOptions>? configure = null, Func<string, string, ExtensionSettings>? make = null)
    {
        var stage = new McpStage(
            make ?? ((node, script) => (change ?? (same => same))(new ExtensionSettings("s", ExtensionKind.Stdio) { Command = node, Arguments = [script] })),
            configure);
        await stage._tools.StartAsync(TestContext.Current.CancellationToken);
        return stage;
    }

    public async Task<ToolResult> CallAsync(string tool, CancellationToken cancellationToken, params (string Name, object? Value)[] arguments)
    {
        var values = new AIFunctionArguments(arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        new ToolCallContext("20261122_1", "call_7", _folder).AttachTo(values);
        return (ToolResult)(await _tools.All.OfType<AIFunction>().Single(function => function.Name == tool).InvokeAsync(values, cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
