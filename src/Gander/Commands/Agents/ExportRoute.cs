namespace Gander.Commands.Agents;

/// <summary>The way one signal of an agent takes.</summary>
/// <param name="Signal">As <see cref="OtelVariables.Signals"/> names it.</param>
/// <param name="Wire">How it travels.</param>
/// <param name="Address">Over HTTP the whole address of the signal; for gRPC that of the server.</param>
/// <param name="Headers">What goes with it, as the agent reads it.</param>
/// <param name="TrustFile">A file of certificates it trusts besides those of the system, or null.</param>
internal sealed record ExportRoute(string Signal, Wire Wire, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, string? TrustFile);
