namespace Gander.Agent.Permissions;

/// <summary>The person at the other end of a question.</summary>
public interface IApprover
{
    /// <summary>Asks and waits for the answer. Returns or throws soon after <paramref name="cancellationToken"/> is cancelled.</summary>
    ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken);
}
