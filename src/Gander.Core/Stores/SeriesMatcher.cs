using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>
/// One condition on series. <see cref="Equal"/> is a look-up; <see cref="Where"/> is asked once for each distinct value of the
/// field and once for <see cref="SeriesField.AbsentValue"/>, which makes inequality and regular expressions cheap.
/// </summary>
public abstract record SeriesMatcher
{
    private SeriesMatcher(SeriesField field) => Field = field;

    /// <summary>What to look at.</summary>
    public SeriesField Field { get; }

    /// <summary>Whether a series with this value matches.</summary>
    public abstract bool Accepts(AttributeValue value);

    /// <summary>The field has exactly this value, kind included; the absent value asks for series without the field.</summary>
    public sealed record Equal(SeriesField Of, AttributeValue Value) : SeriesMatcher(Of)
    {
        /// <inheritdoc/>
        public override bool Accepts(AttributeValue value) => value == Value;
    }

    /// <summary>The predicate holds for the field's value. It must be pure and may be called from any thread.</summary>
    public sealed record Where(SeriesField Of, Func<AttributeValue, bool> Predicate) : SeriesMatcher(Of)
    {
        /// <inheritdoc/>
        public override bool Accepts(AttributeValue value) => Predicate(value);
    }
}
