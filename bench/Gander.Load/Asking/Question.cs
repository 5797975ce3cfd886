namespace Gander.Load.Asking;

/// <summary>One kind of question.</summary>
/// <param name="Name">What it asks.</param>
/// <param name="PathOf">The path and query of the n-th asking; null when nothing is stored to ask about.</param>
internal sealed record Question(string Name, Func<int, string?> PathOf);
