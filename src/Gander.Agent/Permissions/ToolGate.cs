using System.Collections.Concurrent;
using Gander.Agent.Loop;

namespace Gander.Agent.Permissions;

/// <summary>
/// Decides by the mode, by what a call would do and by the configuration whether a tool is called, and asks the person where that leaves
/// it open. Dangerous commands and files outside of the working directory are asked about in every mode. May be used by several threads.
/// </summary>
/// <param name="mode">The mode to begin with.</param>
/// <param name="rules">What the configuration decides.</param>
/// <param name="approver">Who is asked; null where there is nobody.</param>
public sealed class ToolGate(PermissionMode mode, PermissionRules rules, IApprover? approver) : IToolGate
{
    private readonly ConcurrentDictionary<string, bool> _always = new(StringComparer.Ordinal);
    private volatile PermissionMode _mode = mode;

    /// <summary>The mode; a change counts from the next call on.</summary>
    public PermissionMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    /// <inheritdoc/>
    public async ValueTask<ToolDecision> DecideAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (_mode == PermissionMode.Chat)
        {
            return new ToolDecision.Denied("The mode is chat, in which no tool is used. Answer in words.");
        }

        if (rules.DeniesTool(request.Tool.Name))
        {
            return new ToolDecision.Denied($"The configuration forbids the tool {request.Tool.Name}.");
        }

        var findings = CallFindings.Of(request, rules);
        if (!MustAsk(request, findings))
        {
            return ToolDecision.Allowed.Instance;
        }

        return approver is null ? new ToolDecision.Unanswerable(Unanswerable(request, findings)) : await AskAsync(approver, request, findings, cancellationToken).ConfigureAwait(false);
    }

    private bool MustAsk(ToolRequest request, CallFindings findings)
    {
        if (findings.IsAllowed || _always.ContainsKey(findings.Key))
        {
            return false;
        }

        return findings.Reasons.Count > 0 || _mode switch
        {
            PermissionMode.Auto => false,
            PermissionMode.SmartApprove => !findings.IsReadOnly && !rules.AllowsTool(request.Tool.Name),
            _ => !rules.AllowsTool(request.Tool.Name),
        };
    }

    private async ValueTask<ToolDecision> AskAsync(IApprover person, ToolRequest request, CallFindings findings, CancellationToken cancellationToken)
    {
        var answer = await person.AskAsync(new ApprovalRequest(request, findings.Reasons, findings.AlwaysMeans), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (answer == ApprovalAnswer.AllowAlways)
        {
            _always[findings.Key] = true;
        }

        return answer == ApprovalAnswer.Deny
            ? new ToolDecision.Denied("The user does not allow this call. Do not try it again; ask what to do, or go on without it.")
            : ToolDecision.Allowed.Instance;
    }

    private string Unanswerable(ToolRequest request, CallFindings findings)
    {
        var why = findings.Reasons.Count > 0
            ? $"{string.Join(' ', findings.Reasons)} {findings.Remedy}"
            : $"The mode is {_mode.Name()}. Set GOOSE_MODE=auto, or allow_tools: [{request.Tool.Name}] in agent.yaml.";
        return $"The tool {request.Tool.Name} needs an approval, and there is nobody to ask. {why}";
    }
}
