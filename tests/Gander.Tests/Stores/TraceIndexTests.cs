using Gander.Storage.DuckDb;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Where the index of traces says that a trace may be; traces of this table have a hundred spans each, and an export has a thousand.</summary>
public sealed class TraceIndexTests : IDisposable
{
    private const long Block = TraceIndex.BlockRows;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbRoot _root;
    private readonly DuckConnection _connection;
    private readonly SignalFile _file;
    private readonly TraceIndex _index = new();

    public TraceIndexTests()
    {
        _root = new DuckDbRoot(new DuckDbStoreOptions { Folder = _folder.Path });
        _connection = _root.Connect();
        _file = new SignalFile(_folder.Path, "spans", new DateOnly(2026, 3, 10), 'a');
        _root.Attach(_file.Path, _file.Name);
        _connection.Execute($"CREATE TABLE {_file.Name}.spans (seq BIGINT, time_ns BIGINT, trace_id UUID)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Before_anything_is_known_a_trace_may_be_anywhere() =>
        Assert.Equal([new RowPlace(_file, 0, long.MaxValue, 0, long.MaxValue)], Places(Some.TraceId(1)));

    [Fact]
    public void A_trace_is_in_the_blocks_that_hold_it_or_in_what_is_not_known_yet()
    {
        Append(3 * Block);
        Append(5);

        Extend();

        Assert.Equal(3 * Block, _index.Rows);
        var rest = new RowPlace(_file, 3 * Block, long.MaxValue, 61, long.MaxValue);
        Assert.Equal([new RowPlace(_file, Block, (2 * Block) - 1, 20, 40), rest], Places(TraceOf(Block + 50)));
        Assert.Equal([rest], Places(Some.TraceId(1_000_000)));
    }

    [Fact]
    public void Blocks_beside_each_other_are_one_place()
    {
        Append(3 * Block);

        Extend();

        Assert.Equal(new RowPlace(_file, 0, (2 * Block) - 1, 0, 40), Places(TraceOf(0), TraceOf(Block + 50))[0]);
    }

    [Fact]
    public void A_block_outside_the_range_of_time_is_left_out()
    {
        Append(2 * Block);

        Extend();

        Assert.Single(_index.PlacesOf(_file, [TraceOf(0)], new TimeRange(Block, 2 * Block)));
    }

    [Fact]
    public void A_block_that_is_not_full_is_left_for_later()
    {
        Append(Block - 1);
        Assert.False(_index.Extend(_connection, _file.Name, "spans"));

        Append(1);
        Extend();

        Assert.Equal(Block, _index.Rows);
        Assert.InRange(_index.Bytes, 4 * Block / 100, 8 * Block / 100);
    }

    [Fact]
    public async Task A_store_finds_the_same_before_and_after_it_knows_where_traces_are()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var store = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder.Path }, TimeProvider.System, null, cancel);
        for (var export = 0; export < 45; export++)
        {
            // One trace in every export besides those of its own.
            await store.Spans.WriteAsync([Some.SpanBatch([Some.Span("everywhere", trace: 999), .. Enumerable.Range(0, 999).Select(span => Some.Span(trace: (ulong)((export * 100) + (span / 10))))])], cancel);
        }

        for (var round = 0; round < 50; round++)
        {
            using var own = await store.Spans.ReadTraceAsync(Some.TraceId(1_203), null, cancel);
            using var wide = await store.Spans.ReadTraceAsync(Some.TraceId(999), null, cancel);
            var summaries = await store.Spans.SummariseTracesAsync([Some.TraceId(3), Some.TraceId(1_203), Some.TraceId(4_403)], TimeRange.All, cancel);

            Assert.Equal((10, 54), (own.Count, wide.Count));
            Assert.Equal([10, 10, 10], summaries.Select(summary => summary.Spans));
        }
    }

    private static TraceId TraceOf(long row) => new(0, (ulong)(row / 100) + 1);

    private List<RowPlace> Places(params TraceId[] traces) => _index.PlacesOf(_file, traces, TimeRange.All);

    private void Extend() => Assert.True(_index.Extend(_connection, _file.Name, "spans"));

    private void Append(long rows)
    {
        var first = _connection.QueryInt64($"SELECT count(*) FROM {_file.Name}.spans") ?? 0;
        _connection.Execute(
            $"INSERT INTO {_file.Name}.spans SELECT row // 1000, row, printf('00000000-0000-0000-0000-%012x', row // 100 + 1)::UUID FROM range($1::BIGINT, $2::BIGINT) r(row)",
            SqlValue.Of(first),
            SqlValue.Of(first + rows));
    }
}
