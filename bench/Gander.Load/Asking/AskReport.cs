namespace Gander.Load.Asking;

/// <summary>How long a server took to answer.</summary>
/// <param name="Spans">Spans it had stored at the end.</param>
/// <param name="Logs">Log records it had stored at the end.</param>
/// <param name="Questions">One line a question, in the order in which they were asked.</param>
public sealed record AskReport(long Spans, long Logs, IReadOnlyList<QuestionFigures> Questions);
