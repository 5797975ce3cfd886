namespace Gander.Hosting.Pricing;

/// <summary>Where prices come from beside those that come with the program.</summary>
public sealed class PriceOptions
{
    /// <summary>A file of prices that come before those of the program; empty for none.</summary>
    public string File { get; set; } = "";
}
