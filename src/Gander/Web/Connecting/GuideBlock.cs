namespace Gander.Web.Connecting;

/// <summary>Text to paste somewhere.</summary>
/// <param name="Where">Where it belongs, as a heading.</param>
/// <param name="Text">The text, as it is pasted.</param>
/// <param name="Hint">What to know about it, or null.</param>
public sealed record GuideBlock(string Where, string Text, string? Hint = null);
