using Gander.Api.Parameters;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>One filter of a search. Compared by what it asks for, not by how it was written.</summary>
public sealed record RecordFilter
{
    private RecordFilter(FilterOwner owner, string key, RecordOperator operation, AttributeValue value) =>
        (Owner, Key, Operator, Value) = (owner, key, operation, value);

    /// <summary>What it looks at.</summary>
    public FilterOwner Owner { get; }

    /// <summary>The name of the built-in field, or the key of the attribute.</summary>
    public string Key { get; }

    /// <summary>How it compares.</summary>
    public RecordOperator Operator { get; }

    /// <summary>What with, as the store compares it; default for present and absent.</summary>
    public AttributeValue Value { get; }

    /// <summary>The operator as it is written; empty for present and absent.</summary>
    public string OperatorText => FilterText.Of(Operator);

    /// <summary>The value as it is written; empty for present and absent.</summary>
    public string ValueText =>
        Operator is RecordOperator.Present or RecordOperator.Absent ? ""
        : Owner == FilterOwner.Field ? Named(Key).WriteValue(Value)
        : FilterText.WriteValue(Value, Operator);

    /// <summary>The repeated parameter it is written in.</summary>
    public string Parameter => ParameterOf(Owner);

    /// <summary>The filter as text, which <see cref="TryParse"/> reads back as an equal filter.</summary>
    public string Text => FilterText.Join(Key, Operator, ValueText);

    /// <summary>What a person sees as the field: <c>service.name</c>, <c>duration</c>, an attribute's key.</summary>
    public string Label => Owner == FilterOwner.Field ? Named(Key).Label : Key;

    /// <summary>A filter by an attribute that is equal to a text, as a click on a value makes it.</summary>
    public static RecordFilter Attribute(string key, AttributeValue value, RecordOperator operation = RecordOperator.Equal) =>
        new(FilterOwner.Attribute, key, operation, value);

    /// <summary>A filter by a built-in field of <see cref="SearchField"/>.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it does not have such values.</exception>
    public static RecordFilter Field(string name, string value, Signal signal, RecordOperator operation = RecordOperator.Equal) =>
        TryParse(FilterOwner.Field, FilterText.Join(name, operation, value), signal, out var filter, out var problem)
            ? filter
            : throw new ArgumentException(problem, nameof(value));

    /// <summary>Reads a filter; when it cannot, <paramref name="problem"/> says what is wrong and what works.</summary>
    public static bool TryParse(
        FilterOwner owner, string text, Signal signal, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RecordFilter? filter, out string problem)
    {
        filter = null;
        if (!FilterText.TrySplit(text, out var key, out var operation, out var valueText, out problem))
        {
            return false;
        }

        AttributeValue value = default;
        if (owner == FilterOwner.Field)
        {
            if (SearchField.Find(key, signal) is not { } field)
            {
                var names = SearchField.All.Where(candidate => candidate.Has(signal)).Select(candidate => candidate.Name).ToList();
                problem = Nearest.To(key, names) is { } nearest
                    ? $"there is no field '{key}'; did you mean {nearest}?"
                    : $"there is no field '{key}'; use one of {string.Join(", ", names)}, or attr= for an attribute";
                return false;
            }

            if (!field.TryReadValue(valueText, operation, out value, out problem))
            {
                return false;
            }
        }
        else if (operation is not (RecordOperator.Present or RecordOperator.Absent)
            && !FilterText.TryReadValue(valueText, operation, out value, out problem))
        {
            return false;
        }

        filter = new RecordFilter(owner, key, operation, value);
        return true;
    }

    /// <summary>The condition a store understands.</summary>
    public RecordCondition ToCondition() => new(
        Owner switch
        {
            FilterOwner.Field => Named(Key).Field,
            FilterOwner.Resource => new RecordField.OfResource(Key),
            _ => new RecordField.OfRecord(Key),
        },
        Operator,
        Value);

    private static SearchField Named(string name) => SearchField.All.First(candidate => candidate.Name == name);

    internal static string ParameterOf(FilterOwner owner) => owner switch
    {
        FilterOwner.Field => "field",
        FilterOwner.Resource => "resource",
        _ => "attr",
    };
}
