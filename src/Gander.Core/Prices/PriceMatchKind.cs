namespace Gander.Prices;

/// <summary>How a model was found in the table, or why it was not; written in camel case.</summary>
public enum PriceMatchKind
{
    /// <summary>No entry has the model: it has no price.</summary>
    UnknownModel,

    /// <summary>The id as it was given.</summary>
    Exact,

    /// <summary>The id without what stood before a slash.</summary>
    WithoutProvider,

    /// <summary>The id without the date at its end, or the bracketed mode that some agents put there.</summary>
    WithoutDate,

    /// <summary>An entry whose id ends in an asterisk.</summary>
    Pattern,

    /// <summary>There are entries, but none holds at that time.</summary>
    OutsideValidity,

    /// <summary>Several providers sell a model of that name, and the call does not say which one was used.</summary>
    Ambiguous,

    /// <summary>The model runs on a machine of its user's own, which nobody bills by tokens.</summary>
    Local,
}
