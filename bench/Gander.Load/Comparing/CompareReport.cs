namespace Gander.Load.Comparing;

/// <summary>The whole comparison.</summary>
/// <param name="Series">Series in each server.</param>
/// <param name="Samples">Samples in each server.</param>
/// <param name="Servers">What the load took.</param>
/// <param name="Queries">What the queries took.</param>
public sealed record CompareReport(int Series, long Samples, IReadOnlyList<ServerFigures> Servers, IReadOnlyList<QueryComparison> Queries)
{
    /// <summary>CPU time of all queries together on Gander.</summary>
    public double GanderCpuMs => Queries.Sum(query => query.Gander.CpuMs);

    /// <summary>The same on Prometheus; 0 when Gander was measured alone.</summary>
    public double PrometheusCpuMs => Queries.Sum(query => query.Prometheus?.CpuMs ?? 0);
}
