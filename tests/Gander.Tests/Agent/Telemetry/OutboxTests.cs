using Gander.Agent.Telemetry.Export;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Tests.Agent.Telemetry;

public sealed class OutboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gander-outbox-").FullName;

    private string[] Files => Directory.GetFiles(_folder);

    [Fact]
    public void Requests_come_out_as_they_went_in_the_oldest_first()
    {
        var outbox = Open();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(outbox.Keep(new ExportRequest(Signal.Traces, [(byte)i, 1, 2], IsGzipped: i == 1)));
        }

        for (var i = 0; i < 3; i++)
        {
            using var kept = outbox.Take();
            Assert.Equal((i, i == 1), (kept!.Request.Body[0], kept.Request.IsGzipped));
            kept.Delete();
        }

        Assert.Null(outbox.Take());
    }

    [Fact]
    public void A_request_that_one_sends_is_left_alone_by_others()
    {
        Open().Keep(new ExportRequest(Signal.Traces, [1], false));

        using (Open().Take())
        {
            Assert.Null(Open().Take());
        }

        using var again = Open().Take();
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData(Signal.Logs, "http://127.0.0.1:4318/v1/traces", OtlpProtocol.HttpProtobuf)]
    [InlineData(Signal.Traces, "http://127.0.0.2:4318/v1/traces", OtlpProtocol.HttpProtobuf)]
    [InlineData(Signal.Traces, "http://127.0.0.1:4318/v1/traces", OtlpProtocol.HttpJson)]
    public void A_request_is_for_its_signal_endpoint_and_protocol_alone(object signal, string endpoint, object protocol)
    {
        Open().Keep(new ExportRequest(Signal.Traces, [1], false));

        Assert.Null(Open((Signal)signal, endpoint, (OtlpProtocol)protocol).Take());
    }

    [Fact]
    public void Many_may_keep_something_at_the_same_moment()
    {
        Outbox[] outboxes = [Open(), Open(Signal.Logs), Open(Signal.Metrics), Open()];

        var kept = new bool[800];
        Parallel.For(0, kept.Length, i => kept[i] = outboxes[i % outboxes.Length].Keep(new ExportRequest(Signal.Traces, [1], false)));

        Assert.DoesNotContain(false, kept);
        Assert.Equal(kept.Length, Files.Length);
    }

    [Fact]
    public void The_oldest_make_room_when_the_folder_is_full()
    {
        var outbox = Open();
        var size = (int)(Outbox.MaxBytes / 4);
        for (var i = 0; i < 6; i++)
        {
            Assert.True(outbox.Keep(new ExportRequest(Signal.Traces, Filled(size, (byte)i), false)));
        }

        Assert.InRange(Files.Sum(file => new FileInfo(file).Length), 1, Outbox.MaxBytes);
        using var oldest = outbox.Take();
        Assert.Equal(2, oldest!.Request.Body[0]);
    }

    [Fact]
    public void A_request_larger_than_half_of_the_folder_is_not_kept()
    {
        Assert.False(Open().Keep(new ExportRequest(Signal.Traces, new byte[(Outbox.MaxBytes / 2) + 1], false)));
        Assert.Empty(Files);
    }

    [Fact]
    public void Requests_are_forgotten_after_their_time()
    {
        Open().Keep(new ExportRequest(Signal.Traces, [1], false));
        File.SetLastWriteTimeUtc(Files.Single(), TimeProvider.System.GetUtcNow().UtcDateTime - Outbox.MaxAge - TimeSpan.FromMinutes(1));

        Open().Keep(new ExportRequest(Signal.Traces, [2], false));

        using var left = Open().Take();
        Assert.Equal(2, left!.Request.Body[0]);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_keeps_nothing_and_throws_nothing()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var outbox = new Outbox(Path.Combine(file, "below"), Settings(Signal.Traces, "http://127.0.0.1:4318/v1/traces", OtlpProtocol.HttpProtobuf), TimeProvider.System);

        Assert.False(outbox.Keep(new ExportRequest(Signal.Traces, [1], false)));
        Assert.Null(outbox.Take());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Outbox Open(Signal signal = Signal.Traces, string endpoint = "http://127.0.0.1:4318/v1/traces", OtlpProtocol protocol = OtlpProtocol.HttpProtobuf) =>
        new(_folder, Settings(signal, endpoint, protocol), TimeProvider.System);

    private static SignalSettings Settings(Signal signal, string endpoint, OtlpProtocol protocol) => new(signal, new Uri(endpoint), protocol, [], TimeSpan.FromSeconds(1), false, false);

    private static byte[] Filled(int size, byte value)
    {
        var body = new byte[size];
        Array.Fill(body, value);
        return body;
    }
}
