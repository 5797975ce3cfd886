using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>The person interrupted an answer of which a part had come.</summary>
internal sealed class AnswerInterruptedException(string messageId, IReadOnlyList<AIContent> contents, CancellationToken cancellationToken) : OperationCanceledException(cancellationToken)
{
    public string MessageId => messageId;

    public IReadOnlyList<AIContent> Contents => contents;
}
