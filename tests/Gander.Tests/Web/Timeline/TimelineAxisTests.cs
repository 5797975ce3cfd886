using CsCheck;
using Gander.Telemetry;
using Gander.Web.Timeline;

namespace Gander.Tests.Web.Timeline;

public sealed class TimelineAxisTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Work_without_long_pauses_is_drawn_to_scale()
    {
        var axis = new TimelineAxis([new(0, 10 * Second), new(20 * Second, 40 * Second)]);

        Assert.Equal(25, axis.At(10 * Second), 3);
        Assert.Empty(axis.Breaks);
    }

    [Fact]
    public void An_hour_of_waiting_is_a_narrow_break_that_knows_its_length()
    {
        var axis = new TimelineAxis([new(0, 10 * Second), new(3_610 * Second, 3_620 * Second)]);

        var (x, width, nanos) = Assert.Single(axis.Breaks);
        Assert.Equal(3_600 * Second, nanos);
        Assert.Equal(48.8, x, 3);
        Assert.Equal(2.4, width, 3);
    }

    [Fact]
    public void Places_keep_the_order_of_time_and_stay_on_the_axis() =>
        Gen.Select(Gen.Long[0, 1_000_000 * Second], Gen.Long[0, 500 * Second]).Array[1, 40].Sample(work =>
        {
            var axis = new TimelineAxis(work.Select(piece => new TimeRange(piece.Item1, piece.Item1 + piece.Item2)));
            var places = work.Select(piece => piece.Item1).Order().Select(axis.At).ToList();

            return places.TrueForAll(place => place is >= 0 and <= 100.000001) && places.Zip(places.Skip(1)).All(pair => pair.First <= pair.Second + 1e-9);
        });
}
