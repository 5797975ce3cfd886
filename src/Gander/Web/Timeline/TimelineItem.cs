namespace Gander.Web.Timeline;

/// <summary>One bar on a lane.</summary>
/// <param name="X">Where it starts, 0 to 100.</param>
/// <param name="Width">How wide it is, on the same scale.</param>
/// <param name="Look">Its kind (<see cref="Gander.Web.Content.StepLook"/>).</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="Turn">The turn it belongs to, from 0.</param>
/// <param name="Step">Its position in the turn, from 0; -1 for the prompt.</param>
/// <param name="Title">What it is, for a tooltip.</param>
public sealed record TimelineItem(double X, double Width, string Look, bool Failed, int Turn, int Step, string Title);
