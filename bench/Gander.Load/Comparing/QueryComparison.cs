namespace Gander.Load.Comparing;

/// <summary>One query on both servers.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Gander">What it cost Gander.</param>
/// <param name="Prometheus">What it cost Prometheus; null when Gander was measured alone.</param>
/// <param name="Series">Series in the answer.</param>
/// <param name="Difference">How the answers differ; null when they agree.</param>
public sealed record QueryComparison(DashboardQuery Query, QueryFigures Gander, QueryFigures? Prometheus, int Series, AnswerDifference? Difference);
