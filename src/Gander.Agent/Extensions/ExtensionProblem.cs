namespace Gander.Agent.Extensions;

/// <summary>An extension that could not be used, and why. The reason may hold words of the extension: hostile text for a terminal.</summary>
/// <param name="Extension">Its name.</param>
/// <param name="Reason">A sentence for the person.</param>
public sealed record ExtensionProblem(string Extension, string Reason);
