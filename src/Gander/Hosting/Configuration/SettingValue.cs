namespace Gander.Hosting.Configuration;

/// <summary>What somebody set, and where, so that a complaint can name the place.</summary>
/// <param name="Texts">The value as written; several for a list.</param>
/// <param name="Source">The place: <c>--data</c>, <c>GANDER_DATA</c>, or file and line.</param>
public sealed record SettingValue(IReadOnlyList<string> Texts, string Source);
