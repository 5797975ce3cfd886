using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Asks for spans or log records: all conditions must hold.</summary>
/// <param name="Range">The records' times (a span's start) lie inside.</param>
/// <param name="Conditions">Conditions that must all hold; may be empty.</param>
/// <param name="Limit">At most this many records, 1 to 10,000.</param>
/// <param name="Detail">How much of each record to bring.</param>
/// <param name="After">Continues after the page that ended here.</param>
public sealed record RecordQuery(
    TimeRange Range,
    IReadOnlyList<RecordCondition> Conditions,
    int Limit = 100,
    RecordDetail Detail = RecordDetail.Columns,
    RecordCursor? After = null);
