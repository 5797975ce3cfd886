namespace Gander.Load.Comparing;

/// <summary>What one query cost one server.</summary>
/// <param name="MedianMs">Wall time from asking to the last byte, the median.</param>
/// <param name="BestMs">The same, the shortest.</param>
/// <param name="CpuMs">CPU time of the server for one asking, the mean.</param>
/// <param name="Bytes">Bytes of the answer.</param>
public sealed record QueryFigures(double MedianMs, double BestMs, double CpuMs, int Bytes);
