namespace Gander.Stores;

/// <summary>
/// The store cannot take writes for now, for example because the disk is full. Nothing of the write was kept; queries still
/// work and a later write may succeed. Receivers answer 503 / UNAVAILABLE.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
