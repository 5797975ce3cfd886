using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>One condition on a record.</summary>
/// <param name="Field">What to look at.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">What with; ignored by <see cref="RecordOperator.Present"/> and <see cref="RecordOperator.Absent"/>.</param>
public sealed record RecordCondition(RecordField Field, RecordOperator Operator, AttributeValue Value);
