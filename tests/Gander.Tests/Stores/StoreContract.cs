using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>What all contract suites share: a fresh store a test, at noon of the tenth of March 2026.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected ManualTime Time { get; } = new("2026-03-10T12:00Z");

    protected ITelemetryStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static TimeRange Noon { get; } = new(Some.Instant("2026-03-10T11:00Z"), Some.Instant("2026-03-10T13:00Z"));

    public async ValueTask InitializeAsync() => Store = await OpenAsync(Time);

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an empty store that keeps telemetry for seven days.</summary>
    protected abstract Task<ITelemetryStore> OpenAsync(TimeProvider time);

    protected static RecordCondition Where(RecordField field, RecordOperator comparison, object value) =>
        new(field, comparison, Some.Attributes(("value", value))[0].Value);

    protected static RecordCondition Where(string key, RecordOperator comparison, object value) => Where(new RecordField.OfRecord(key), comparison, value);

    protected static IReadOnlyList<string> Names(SpanBatch batch)
    {
        using (batch)
        {
            return [.. SpanRecord.ReadAll(batch).Select(span => span.Name)];
        }
    }

    protected static IReadOnlyList<string> Bodies(LogBatch batch)
    {
        using (batch)
        {
            return [.. LogRecord.ReadAll(batch).Select(record => record.Body)];
        }
    }

    protected static IReadOnlyList<string> Described(SpanBatch batch)
    {
        using (batch)
        {
            return [.. SpanRecord.ReadAll(batch).Select(span => span.Describe())];
        }
    }

    protected static IReadOnlyList<string> Described(LogBatch batch)
    {
        using (batch)
        {
            return [.. LogRecord.ReadAll(batch).Select(record => record.Describe())];
        }
    }

    protected static SpanBatch Export(ulong fingerprint, params SpanRecord[] spans)
    {
        var batch = Some.SpanBatch(spans);
        batch.Fingerprint = new ExportFingerprint(1, fingerprint);
        return batch;
    }

    protected static LogBatch Export(ulong fingerprint, params LogRecord[] records)
    {
        var batch = Some.LogBatch(records);
        batch.Fingerprint = new ExportFingerprint(1, fingerprint);
        return batch;
    }
}
