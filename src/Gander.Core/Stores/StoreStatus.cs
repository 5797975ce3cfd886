namespace Gander.Stores;

/// <summary>What a store holds and how it is.</summary>
/// <param name="Signals">One entry a signal.</param>
/// <param name="Problems">What a person should know and act on, newest last, in full sentences; empty when all is well.</param>
public sealed record StoreStatus(IReadOnlyList<SignalStatus> Signals, IReadOnlyList<string> Problems);
