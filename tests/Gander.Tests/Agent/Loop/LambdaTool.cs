using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Loop;

/// <summary>A tool of one argument, <c>text</c>.</summary>
internal sealed class LambdaTool(string name, Func<string, AIFunctionArguments, CancellationToken, Task<object?>> run) : AIFunction
{
    public LambdaTool(string name, Func<string, object?> run)
        : this(name, (text, _, _) => Task.FromResult(run(text)))
    {
    }

    public override string Name => name;

    public override JsonElement JsonSchema { get; } = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}""");

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await run(arguments["text"]?.ToString() ?? "", arguments, cancellationToken);
}
