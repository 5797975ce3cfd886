namespace Gander.Stores;

/// <summary>Takes what one session did. Called for one session after the other, on a thread of the store: it must not wait.</summary>
public delegate void SessionActivityHandler(in SessionActivity session);
