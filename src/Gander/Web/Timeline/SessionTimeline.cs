using Gander.Sessions;
using Gander.Telemetry;
using Gander.Web.Content;

namespace Gander.Web.Timeline;

/// <summary>A session as lanes over time: prompts, model calls, tools, subagents, waiting; idle time compressed.</summary>
public sealed class SessionTimeline
{
    /// <summary>More bars than this would be a solid block and a slow page.</summary>
    public const int MaxItems = 3_000;

    private const double MinWidth = 0.25;

    private SessionTimeline(TimelineAxis axis, IReadOnlyList<TimelineLane> lanes, int leftOut) => (Axis, Lanes, LeftOut) = (axis, lanes, leftOut);

    /// <summary>Time to place.</summary>
    public TimelineAxis Axis { get; }

    /// <summary>The lanes that have something to show.</summary>
    public IReadOnlyList<TimelineLane> Lanes { get; }

    /// <summary>Steps beyond <see cref="MaxItems"/>, which are not drawn.</summary>
    public int LeftOut { get; }

    /// <summary>Lays out a session.</summary>
    public static SessionTimeline Of(Session session)
    {
        var axis = new TimelineAxis(Work(session));
        var lanes = new Dictionary<string, List<TimelineItem>>(StringComparer.Ordinal);
        var drawn = 0;
        foreach (var turn in session.Turns)
        {
            Put(lanes, "Prompts", new(axis.At(turn.StartNanos), MinWidth * 2, "prompt", turn.Status == SessionStatus.Error, turn.Index, -1, $"Turn {turn.Index + 1}"));
            for (var index = 0; index < turn.Steps.Count && drawn < MaxItems; index++, drawn++)
            {
                var step = turn.Steps[index];
                var x = axis.At(step.StartNanos);
                var look = StepLook.Of(step);
                var title = $"{StepLook.Name(look)} {step.Name}, {Figures.Duration(step.DurationNanos)}{(step.Status == StepStatus.Error ? ", failed" : "")}";
                Put(lanes, LaneOf(step.Kind), new(x, Math.Max(MinWidth, axis.At(End(step)) - x), look, step.Status == StepStatus.Error, turn.Index, index, title));
            }
        }

        var order = new[] { "Prompts", "Models", "Tools", "Subagents", "Waiting", "Other" };
        return new(axis, [.. order.Where(lanes.ContainsKey).Select(name => new TimelineLane(name, lanes[name]))], session.Turns.Sum(turn => turn.Steps.Count) - drawn);
    }

    private static IEnumerable<TimeRange> Work(Session session)
    {
        foreach (var turn in session.Turns)
        {
            yield return new(turn.StartNanos, turn.StartNanos);
            foreach (var step in turn.Steps.Where(step => step.Kind != StepKind.Wait))
            {
                yield return new(step.StartNanos, End(step));
            }
        }
    }

    private static long End(Step step) => step.StartNanos + Math.Max(0, step.DurationNanos ?? 0);

    private static string LaneOf(StepKind kind) => kind switch
    {
        StepKind.Model => "Models",
        StepKind.Tool => "Tools",
        StepKind.Subagent => "Subagents",
        StepKind.Wait => "Waiting",
        _ => "Other",
    };

    private static void Put(Dictionary<string, List<TimelineItem>> lanes, string lane, TimelineItem item)
    {
        if (!lanes.TryGetValue(lane, out var items))
        {
            lanes[lane] = items = [];
        }

        items.Add(item);
    }
}
