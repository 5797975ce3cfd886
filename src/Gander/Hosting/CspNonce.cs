namespace Gander.Hosting;

/// <summary>
/// The random text that lets this page's own import map pass the content security policy: a feature of every request to pages.
/// It belongs into the <c>nonce</c> attribute of the import map's script element and nowhere else.
/// </summary>
/// <param name="Value">New for every response.</param>
public sealed record CspNonce(string Value);
