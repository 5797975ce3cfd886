using System.Runtime.InteropServices;
using Gander.Commands;

namespace Gander.Tests.Commands;

public sealed class RepeatedSignalsTests
{
    [Fact]
    public void A_signal_that_comes_twice_at_once_is_one_and_a_later_one_another()
    {
        var time = new Stopwatch();
        var signals = new RepeatedSignals(time);

        Assert.False(signals.IsEcho(PosixSignal.SIGTERM));
        Assert.True(signals.IsEcho(PosixSignal.SIGTERM));
        Assert.False(signals.IsEcho(PosixSignal.SIGINT));
        time.Passed += RepeatedSignals.Window;
        Assert.False(signals.IsEcho(PosixSignal.SIGTERM));
    }

    private sealed class Stopwatch : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
