using Gander.Load.Generation;

namespace Gander.Load.Wire;

/// <summary>How records are arranged in a request: as a collector does that batches what many agents send.</summary>
internal static class Grouping
{
    public static readonly byte[] ScopeName = "coding.agent"u8.ToArray();
    public static readonly byte[] ScopeVersion = "1.0.0"u8.ToArray();

    /// <summary>Records of one emitter together, in order of first appearance.</summary>
    public static IEnumerable<List<T>> ByEmitter<T>(IReadOnlyList<T> records, Func<T, Emitter> emitterOf)
    {
        var groups = new Dictionary<Emitter, List<T>>(ReferenceEqualityComparer.Instance);
        foreach (var record in records)
        {
            var emitter = emitterOf(record);
            if (!groups.TryGetValue(emitter, out var group))
            {
                groups.Add(emitter, group = []);
            }

            group.Add(record);
        }

        return groups.Values;
    }
}
