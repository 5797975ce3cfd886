namespace Gander.Sessions.Usage;

/// <summary>What was used at one instant.</summary>
/// <param name="Figure">What is counted.</param>
/// <param name="Nanos">When, Unix nanoseconds.</param>
/// <param name="Model">The model, or empty.</param>
/// <param name="Provider">Its provider, or empty.</param>
/// <param name="Amount">How much; below zero where a session as a whole tells less than its calls.</param>
public readonly record struct UsageMoment(UsageFigure Figure, long Nanos, string Model, string Provider, long Amount);
