namespace Gander.Query.PromQl.Series;

/// <summary>One measurement that a sample counted.</summary>
/// <param name="Labels">What the sample's labels do not say: <c>trace_id</c> and <c>span_id</c> in hex, and the filtered attributes.</param>
/// <param name="Value">The measured value.</param>
/// <param name="TimeMillis">When it was measured, in Unix milliseconds.</param>
public sealed record LabelledExemplar(Labels Labels, double Value, long TimeMillis);
