using Gander.Sessions;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Sessions;
using Gander.Tests.Sessions.Usage;

namespace Gander.Tests.Stores;

public sealed class UsageBytesTests
{
    private static readonly UsageRow s_row = new() { StartNanos = 7, Model = "modèle", Provider = "", Tool = "" };

    [Fact]
    public void What_was_written_is_read()
    {
        var cursor = new UsageCursor();
        foreach (var usage in UsageSamples.Many(50).Select(session => session.Usage!))
        {
            var read = cursor.ReadAll(usage.Key, UsageBytes.Encode(usage));

            Assert.Equal((usage.Key, usage.PriceTable), (read.Key, read.PriceTable));
            Assert.Equal(usage.Rows, read.Rows);
        }
    }

    [Fact]
    public void Every_number_has_its_place()
    {
        var row = s_row with
        {
            StartNanos = long.MinValue,
            Tool = "shell",
            Band = 255,
            IsReported = true,
            IsPriced = true,
            ReportedPicos = long.MinValue,
            PricedPicos = long.MaxValue,
            Tokens = new TokenUsage(1, -2, 3, 4, 5) { CacheWriteFiveMinutes = 6, CacheWriteOneHour = 7 },
            ModelCalls = 8,
            ModelErrors = 9,
            ToolCalls = int.MaxValue,
            ToolFailures = int.MinValue,
            Turns = 10,
            LinesAdded = 11,
            LinesRemoved = 12,
            Commits = 13,
            PullRequests = 14,
        };

        Assert.Equal([row, s_row, row], new UsageCursor().ReadAll("k", UsageBytes.Encode(new SessionUsage("k", "t", [row, s_row, row]))).Rows);
    }

    [Fact]
    public void Sums_are_those_of_the_rows()
    {
        var cursor = new UsageCursor();
        foreach (var usage in UsageSamples.Many(50).Select(session => session.Usage!).Where(usage => usage.Rows.Count > 0))
        {
            var amounts = new UsageAmounts();
            cursor.Open(UsageBytes.Encode(usage));
            cursor.ToSums();
            while (cursor.NextRow())
            {
                amounts.Add(0, cursor);
            }

            Assert.Equal(usage.Sums, amounts.Of(0));
        }
    }

    [Fact]
    public void Sums_that_leave_the_numbers_are_not_kept()
    {
        var row = s_row with { PricedPicos = long.MaxValue };
        var cursor = new UsageCursor();

        cursor.Open(UsageBytes.Encode(new SessionUsage("k", "t", [row, row])));

        Assert.False(cursor.HasSums);
    }

    [Fact]
    public void Damaged_bytes_end_with_what_they_are()
    {
        var bytes = UsageBytes.Encode(UsageSamples.Of("k").Usage!);
        var cursor = new UsageCursor();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => cursor.ReadAll("k", bytes.AsSpan(0, length)));
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0xff;
            try
            {
                cursor.ReadAll("k", changed);
            }
            catch (FormatException)
            {
                // The one error there may be; a change may also go unseen.
            }
        }
    }
}
