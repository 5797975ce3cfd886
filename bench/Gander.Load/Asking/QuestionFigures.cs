namespace Gander.Load.Asking;

/// <summary>How long answers to one question took, from the request to the last byte.</summary>
/// <param name="Name">The question.</param>
/// <param name="Asked">How often it was asked.</param>
/// <param name="Latency">Milliseconds.</param>
/// <param name="MeanBytes">Bytes of an answer, on average.</param>
/// <param name="ServerCpuMs">CPU milliseconds the server used an answer, with whatever else it did meanwhile; null when not watched.</param>
public sealed record QuestionFigures(string Name, int Asked, Latency Latency, double MeanBytes, double? ServerCpuMs);
