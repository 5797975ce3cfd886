using CsCheck;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Tests.Web;

namespace Gander.Tests.Sessions.Calls;

public sealed class SessionCallsTests
{
    private static readonly Gen<SessionCall> AnyCall =
        from kind in Gen.Enum<StepKind>()
        from status in Gen.Enum<StepStatus>()
        from provenance in Gen.Enum<DurationProvenance>()
        from texts in Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("gpt-4o"), Gen.Const("sh é😀")), Gen.String[0, 5], Gen.String[0, 300])
        from place in Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue])
        from times in Gen.Select(Gen.Long, Gen.Nullable(Gen.Long[0, long.MaxValue - 1]), Gen.Nullable(Gen.Long[0, 5_000_000_000]))
        from sources in Gen.Select(Gen.Enum<FigureSource>(), Gen.Enum<FigureSource>())
        from cost in Gen.Nullable(Gen.Decimal)
        from wait in Gen.Nullable(Gen.Long[0, long.MaxValue])
        from tokens in Gen.Nullable(Gen.Select(Gen.Long, Gen.Long, Gen.Long, Gen.Long, Gen.Long).Select((a, b, c, d, e) => new TokenUsage(a, b, c, d, e) { CacheWriteFiveMinutes = e, CacheWriteOneHour = a }))
        select new SessionCall
        {
            Kind = kind, Status = status, DurationProvenance = provenance, Name = texts.Item1, Provider = texts.Item2, Error = texts.Item3,
            Turn = place.Item1, Step = place.Item2, StartNanos = times.Item1, DurationNanos = times.Item2, FirstByteNanos = times.Item3, Tokens = tokens,
            McpServer = texts.Item2, Subagent = texts.Item1, ReportedCostUsd = cost, WaitNanos = wait, TokensSource = sources.Item1, OutcomeSource = sources.Item2,
        };

    [Fact]
    public void Calls_are_read_back_as_they_were_written() =>
        AnyCall.Where(call => new[] { call.Name, call.Provider, call.Error }.All(IsText)).Array[0, 20].Sample(calls => Assert.Equal(calls, SessionCallsCodec.Decode(SessionCallsCodec.Encode(calls))));

    [Fact]
    public void Damaged_bytes_are_refused_and_never_ask_for_much_memory() =>
        Gen.Select(AnyCall.Array[1, 5], Gen.Int[0, 10_000], Gen.Byte).Sample((calls, at, value) =>
        {
            var bytes = SessionCallsCodec.Encode(calls);
            bytes[at % bytes.Length] = value;
            try
            {
                SessionCallsCodec.Decode(bytes.AsSpan(0, Math.Max(1, bytes.Length - (at % 3))));
            }
            catch (FormatException)
            {
                // What is expected of most damage.
            }
        });

    [Fact]
    public void A_usual_call_takes_a_few_bytes()
    {
        var calls = Enumerable.Range(0, 200).Select(i => Some.Call(seconds: i) with { StartNanos = Some.Instant("2026-03-10T12:00Z") + (i * 3_000_000_000L), Step = i }).ToList();

        Assert.InRange(SessionCallsCodec.Encode(calls).Length, 1, 200 * 36);
    }

    [Fact]
    public void Every_step_of_a_session_is_one_call()
    {
        var session = SampleSessions.Rich(Some.Instant("2026-03-10T12:00Z"));

        var calls = SessionCalls.Of(session);

        Assert.Equal(session.Turns.Sum(turn => turn.Steps.Count), calls.Calls.Count);
        Assert.Equal(session.Summary.ModelCalls, calls.Calls.Count(call => call.Kind == StepKind.Model));
        Assert.Contains(calls.Calls, call => call is { Status: StepStatus.Error, Error: "Rate limit exceeded: 429 Too Many Requests", Turn: 1, Step: 4 });
    }

    // Half a character has no UTF-8.
    private static bool IsText(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)) == text;
}
