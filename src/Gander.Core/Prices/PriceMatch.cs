namespace Gander.Prices;

/// <summary>What a table says of a model.</summary>
/// <param name="Kind">How it was found, or why not.</param>
/// <param name="Entry">The entry; null when the model has no price then.</param>
/// <param name="Name">The id of the entry that the model was found by, or null.</param>
public readonly record struct PriceMatch(PriceMatchKind Kind, PriceEntry? Entry, string? Name)
{
    /// <summary>The entries of that name that hold at other times, earliest first; filled for <see cref="PriceMatchKind.OutsideValidity"/>.</summary>
    public IReadOnlyList<PriceEntry> Others { get; init; } = [];
}
