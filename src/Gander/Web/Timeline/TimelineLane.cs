namespace Gander.Web.Timeline;

/// <summary>One line of the timeline.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Items">Its bars, earliest first.</param>
public sealed record TimelineLane(string Name, IReadOnlyList<TimelineItem> Items);
