using Gander.Agent.Providers;

namespace Gander.Agent.Loop;

/// <summary>What a session took in this process.</summary>
/// <param name="ModelCalls">Answered model calls, titles and summaries included.</param>
/// <param name="ToolCalls">Tool calls, refused ones included.</param>
/// <param name="ToolFailures">Those of them whose result is an error.</param>
/// <param name="Usage">Tokens of all model calls.</param>
/// <param name="CostUsd">The price of those whose price is known; null where none is.</param>
public sealed record SessionTotals(int ModelCalls, int ToolCalls, int ToolFailures, ModelUsage Usage, decimal? CostUsd)
{
    internal static SessionTotals None { get; } = new(0, 0, 0, default, null);

    internal SessionTotals With(ModelCall call) => this with
    {
        ModelCalls = ModelCalls + 1,
        Usage = Usage + (call.Usage ?? default),
        CostUsd = call.CostUsd is { } cost ? (CostUsd ?? 0) + cost : CostUsd,
    };

    internal SessionTotals With(ToolResult result) => this with { ToolCalls = ToolCalls + 1, ToolFailures = ToolFailures + (result.IsError ? 1 : 0) };
}
