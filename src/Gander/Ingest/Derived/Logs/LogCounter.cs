using Gander.Telemetry;

namespace Gander.Ingest.Derived.Logs;

/// <summary>One counter made from log records.</summary>
/// <param name="name">The name of the metric, as the emitter would send it itself.</param>
/// <param name="resource">The emitter.</param>
/// <param name="labels">The labels.</param>
internal sealed class LogCounter(string name, Resource resource, IReadOnlyList<KeyValuePair<string, AttributeValue>> labels)
{
    /// <summary>The name of the metric.</summary>
    public string Name { get; } = name;

    /// <summary>The emitter.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>The labels.</summary>
    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Labels { get; } = labels;

    /// <summary>What was added up and is not native.</summary>
    public double Total { get; set; }

    /// <summary>When it was zero, Unix nanoseconds; 0 before anything was added.</summary>
    public long StartNanos { get; set; }

    /// <summary>The end of the slice that last had a record of it; 0 for none yet.</summary>
    public long SeenNanos { get; set; }

    /// <summary>The time of its last point; 0 for none, or one that was not stored.</summary>
    public long WrittenNanos { get; set; }

    /// <summary>Slices that wait and have a record of it: it must not be forgotten before they are decided.</summary>
    public int Waiting { get; set; }
}
