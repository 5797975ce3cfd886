using Gander.EndToEnd.Harness;
using Gander.Load;

namespace Gander.EndToEnd.Safety;

/// <summary>A damaged file costs what it held: the server starts, says what is lost, serves the rest and takes new telemetry.</summary>
public sealed class DamagedFileTests
{
    private const int Records = 20 * 512;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("spans-*.wal", Damage.Cut)]
    [InlineData("spans-*.wal", Damage.Flip)]
    [InlineData("spans-*.db", Damage.Start)]
    [InlineData("spans-*.db", Damage.Flip)]
    [InlineData("sessions.db", Damage.Start)]
    public async Task The_rest_serves(string pattern, Damage damage)
    {
        using var folder = new TempFolder();
        var data = folder.Combine("data");
        var (spans, logs) = await FillAsync(data, crash: pattern.EndsWith(".wal", StringComparison.Ordinal));
        var file = Largest(data, pattern);
        Apply(damage, file);

        await AssertServesAsync(data, isLossReported: damage != Damage.Cut && pattern != "sessions.db");

        var stored = await StoredRecords.ReadAsync(data, Cancel);
        stored.AssertHolds(LoadSignal.Logs, logs);
        stored.AssertHolds(LoadSignal.Traces, [.. spans.Select(body => body with { Outcome = Gander.Load.Sending.ExportOutcome.Unknown })]);
    }

    [Fact]
    public async Task A_damaged_file_of_an_old_day_leaves_today_whole()
    {
        using var folder = new TempFolder();
        var data = folder.Combine("data");
        var (_, logs) = await FillAsync(data, crash: false);
        var today = Largest(data, "spans-*.db");
        var old = Path.Combine(Path.GetDirectoryName(today)!, "spans-2026-01-02-a.db");
        File.Move(today, old);
        Apply(Damage.Start, old);

        await AssertServesAsync(data, isLossReported: true);

        (await StoredRecords.ReadAsync(data, Cancel)).AssertHolds(LoadSignal.Logs, logs);
    }

    private static async Task<(IReadOnlyList<BodyResult> Spans, IReadOnlyList<BodyResult> Logs)> FillAsync(string data, bool crash)
    {
        await using var gander = await GanderProcess.StartAsync(data, Cancel);
        var spans = await SendAsync(gander, LoadSignal.Traces, run: 1);
        var logs = await SendAsync(gander, LoadSignal.Logs, run: 1);
        Assert.Equal((Records, Records), (spans.AcknowledgedRecords, logs.AcknowledgedRecords));
        if (crash)
        {
            await gander.KillAsync();
        }
        else
        {
            Assert.Equal(0, await gander.StopAsync(Cancel));
        }

        return (spans.Bodies, logs.Bodies);
    }

    private static async Task AssertServesAsync(string data, bool isLossReported)
    {
        // Damage is found where it is read, so all of it is.
        await using var gander = await GanderProcess.StartAsync(data, Cancel);
        await gander.GetAsync("/api/traces?limit=1000", Cancel);
        await gander.GetAsync("/api/sessions?limit=5", Cancel);
        Assert.NotEmpty((await gander.GetAsync("/api/logs?limit=5", Cancel)).Items("logs"));

        var added = await SendAsync(gander, LoadSignal.Traces, run: 2);

        Assert.Equal(Records, added.AcknowledgedRecords);
        Assert.NotEmpty((await gander.GetAsync("/api/traces?limit=5", Cancel)).Items("traces"));
        if (isLossReported)
        {
            var status = await gander.GetAsync("/api/status", Cancel);
            Assert.Equal("degraded", status.Text("health"));
            Assert.NotEmpty(status.GetProperty("store").Items("problems"));
        }

        Assert.Equal(0, await gander.StopAsync(Cancel));
    }

    private static Task<LoadReport> SendAsync(GanderProcess gander, LoadSignal signal, ushort run) =>
        new LoadRun(new LoadOptions { Endpoint = gander.OtlpHttp, Signal = signal, Run = run, Count = Records, Connections = 4 }, TimeProvider.System).RunAsync(Cancel);

    private static string Largest(string data, string pattern) =>
        Directory.EnumerateFiles(data, pattern, SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)
        ?? throw new InvalidOperationException($"no {pattern} in {string.Join(", ", Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))}");

    private static void Apply(Damage damage, string file)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        switch (damage)
        {
            case Damage.Cut:
                stream.SetLength(stream.Length - 1_000);
                break;
            case Damage.Start:
                stream.Write(new byte[16_384]);
                break;
            default:
                // Every byte turned over but those of the beginning and of the end: columns that lists read lie in front.
                var stretch = new byte[stream.Length / 4 * 3];
                stream.Position = stream.Length / 16;
                stream.ReadExactly(stretch);
                stream.Position -= stretch.Length;
                stream.Write([.. stretch.Select(value => (byte)~value)]);
                break;
        }
    }

    /// <summary>What happens to a file.</summary>
    public enum Damage
    {
        /// <summary>Its end is missing, as after a power cut.</summary>
        Cut,

        /// <summary>Its first blocks are zeros.</summary>
        Start,

        /// <summary>Bytes in its middle are other ones.</summary>
        Flip,
    }
}
