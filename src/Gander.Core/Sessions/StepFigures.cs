using System.Runtime.InteropServices;

namespace Gander.Sessions;

/// <summary>What the steps of a session add up to, read in one pass.</summary>
internal sealed class StepFigures
{
    private readonly Dictionary<(string Name, string? Provider), int> _placeOfModel = [];
    private readonly Dictionary<(string Name, string? Server), int> _placeOfTool = [];
    private readonly List<ModelPart> _models = [];
    private readonly List<ToolPart> _tools = [];

    /// <summary>Adds up the steps of these turns.</summary>
    public StepFigures(List<Turn> turns)
    {
        ToolFailuresKnown = turns.Count > 0;
        foreach (var turn in turns)
        {
            Sources += turn.Sources;
            foreach (var step in turn.Steps)
            {
                Add(step);
            }
        }
    }

    /// <summary>Model calls.</summary>
    public int ModelCalls { get; private set; }

    /// <summary>Those that failed.</summary>
    public int ModelErrors { get; private set; }

    /// <summary>Tool calls.</summary>
    public int ToolCalls { get; private set; }

    /// <summary>Those that failed or were refused.</summary>
    public int ToolFailures { get; private set; }

    /// <summary>Those that were refused.</summary>
    public int ToolDenials { get; private set; }

    /// <summary>Whether it is known of every tool call how it ended.</summary>
    public bool ToolFailuresKnown { get; private set; }

    /// <summary>Tokens of the model calls.</summary>
    public TokenUsage Tokens { get; private set; }

    /// <summary>Whether any model call has tokens, or failed and so has none to show.</summary>
    public bool HasTokens { get; private set; }

    /// <summary>What the agent says the steps cost, US dollars; null when it says nothing.</summary>
    public decimal? ReportedCostUsd { get; private set; }

    /// <summary>Time spent waiting for a person, nanoseconds; null when no step tells.</summary>
    public long? WaitNanos { get; private set; }

    /// <summary>What the steps did to code.</summary>
    public CodeChanges Changes { get; private set; }

    /// <summary>Where the figures of the turns come from.</summary>
    public FigureSources Sources { get; private set; }

    /// <summary>The models that are known, in order of first use.</summary>
    public IReadOnlyList<string> Models => [.. _models.Select(static model => model.Name).Where(static name => name != "unknown").Distinct(StringComparer.Ordinal)];

    /// <summary>The providers that are known, in order of first use.</summary>
    public IReadOnlyList<string> Providers => [.. _models.Select(static model => model.Provider).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Calls, tokens and cost by model and provider, in order of first use.</summary>
    public IReadOnlyList<ModelUse> ModelUses =>
        _models.ConvertAll(static model => new ModelUse(model.Name, model.Provider, model.Calls, model.Errors, model.Tokens, model.ReportedCostUsd));

    /// <summary>Calls and failures by tool, by name and then by MCP server.</summary>
    public IReadOnlyList<ToolUse> ToolUses()
    {
        _tools.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is var order and not 0 ? order : string.CompareOrdinal(left.Server, right.Server));
        _placeOfTool.Clear();
        return _tools.ConvertAll(static tool => new ToolUse(tool.Name, tool.Calls, tool.Failures) { Denials = tool.Denials, McpServer = tool.Server });
    }

    private void Add(Step step)
    {
        if (step.Kind == StepKind.Model)
        {
            AddModel(step);
        }
        else if (step.Kind == StepKind.Tool)
        {
            AddTool(step);
        }

        ReportedCostUsd = step.ReportedCostUsd is { } cost ? ReportedCostUsd.GetValueOrDefault() + cost : ReportedCostUsd;
        WaitNanos = step.WaitNanos is { } wait ? WaitNanos.GetValueOrDefault() + wait : WaitNanos;
        if (step.Changes != default)
        {
            Changes += step.Changes;
        }
    }

    private void AddModel(Step step)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_placeOfModel, (step.Name, step.Provider), out var exists);
        if (!exists)
        {
            place = _models.Count;
            _models.Add(new ModelPart(step.Name, step.Provider));
        }

        var model = _models[place];
        var failures = step.Status == StepStatus.Error ? 1 : 0;
        ModelCalls++;
        ModelErrors += failures;
        model.Calls++;
        model.Errors += failures;
        model.ReportedCostUsd = step.ReportedCostUsd is { } cost ? model.ReportedCostUsd.GetValueOrDefault() + cost : model.ReportedCostUsd;
        if (step.Tokens is { } tokens)
        {
            Tokens += tokens;
            model.Tokens += tokens;
            HasTokens = true;
        }

        HasTokens |= failures > 0;
    }

    private void AddTool(Step step)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_placeOfTool, (step.Name, step.McpServer), out var exists);
        if (!exists)
        {
            place = _tools.Count;
            _tools.Add(new ToolPart(step.Name, step.McpServer));
        }

        var tool = _tools[place];
        var (failures, denials) = (SessionSums.HasFailed(step) ? 1 : 0, step.Status == StepStatus.Denied ? 1 : 0);
        ToolCalls++;
        ToolFailures += failures;
        ToolDenials += denials;
        ToolFailuresKnown &= step.Status != StepStatus.Unknown;
        tool.Calls++;
        tool.Failures += failures;
        tool.Denials += denials;
    }

    private sealed class ModelPart(string name, string? provider)
    {
        public string Name { get; } = name;

        public string? Provider { get; } = provider;

        public int Calls { get; set; }

        public int Errors { get; set; }

        public TokenUsage Tokens { get; set; }

        public decimal? ReportedCostUsd { get; set; }
    }

    private sealed class ToolPart(string name, string? server)
    {
        public string Name { get; } = name;

        public string? Server { get; } = server;

        public int Calls { get; set; }

        public int Failures { get; set; }

        public int Denials { get; set; }
    }
}
