using CsCheck;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Queries;

namespace Gander.Tests.Stores;

public sealed class SearchWindowsTests
{
    [Fact]
    public void Windows_follow_each_other_from_the_newest_and_cover_what_the_files_hold() =>
        Gen.Select(Gen.Long, Gen.Long, Gen.Select(Gen.Long, Gen.Long, Gen.Long[1, 100_000_000]).List[1, 4]).Sample((first, last, spans) =>
        {
            var files = spans.Select(span => new FileStats(span.Item3, Math.Min(span.Item1, span.Item2), Math.Max(span.Item1, span.Item2), 1, 1)).ToList();
            var from = Math.Max(first, files.Min(file => file.OldestNanos));
            var to = Math.Min(last, files.Max(file => file.NewestNanos));

            var windows = SearchWindows.Of(first, last, files).ToList();

            return from > to
                ? windows.Count == 0
                : windows[0].Last == to && windows[^1].First == from && windows.Zip(windows.Skip(1)).All(pair => pair.First.First - 1 == pair.Second.Last);
        });

    [Fact]
    public void A_range_with_few_records_is_one_window() =>
        Assert.Equal([(0, 999)], SearchWindows.Of(long.MinValue, long.MaxValue, [new FileStats(100, 0, 999, 1, 1)]));

    [Fact]
    public void A_dense_range_begins_with_a_small_window() =>
        Assert.Equal((800_000, 999_999), SearchWindows.Of(0, long.MaxValue, [new FileStats(1_000_000, 0, 999_999, 1, 1)]).First());
}
