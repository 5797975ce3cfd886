using Gander.Sessions;
using Gander.Sessions.Agents;
using Gander.Sessions.Facts;
using Gander.Sessions.Indexing;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>A fault that one session brings out stays with that session.</summary>
public sealed class SessionFaultTests
{
    private const string Secret = "what the user wrote";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_others_are_folded_and_it_is_listed_with_what_little_is_known()
    {
        var store = new InMemoryStore();
        var faults = new List<SessionFault>();
        var folder = new SessionFolder(new SessionReader(store.Spans, store.Logs, store.Metrics), store.Sessions, new SessionIndexOptions());

        foreach (var round in Enumerable.Range(0, 2))
        {
            folder.Add(Content(round), now: Folding.Later.NowNanos);
            await folder.FoldAsync(Folding.Later with { OnFault = faults.Add }, force: true, Cancel);
        }

        var listed = await store.Sessions.ListAsync(new SessionQuery(), Cancel);
        Assert.Equal(["bad", "good"], listed.Select(session => session.Id).Order(StringComparer.Ordinal));
        var (bad, good) = (listed.Single(session => session.Id == "bad"), listed.Single(session => session.Id == "good"));
        Assert.Equal((SessionStatus.Ok, 2), (good.Status, good.TurnCount));
        Assert.Equal((SessionStatus.Unknown, 0, "goose"), (bad.Status, bad.TurnCount, bad.Agent));
        Assert.True(bad.StartNanos < bad.EndNanos);
        Assert.Contains("InvalidOperationException in SessionFaultTests+Puzzled.ReadTurn", Assert.Single(bad.Missing).Why, StringComparison.Ordinal);
        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault => Assert.Equal(new SessionFault(bad.Key, "goose", "InvalidOperationException in SessionFaultTests+Puzzled.ReadTurn"), fault));
    }

    [Fact]
    public void Nothing_of_what_it_says_is_told()
    {
        var fault = SessionFault.ReasonOf(new FormatException($"The input string '{Secret}' was not in a correct format."));

        Assert.Equal("FormatException", fault);
    }

    [Fact]
    public void Who_asks_for_no_report_meets_the_fault_itself()
    {
        var facts = new EmitterFacts();
        foreach (var span in Spans(0))
        {
            facts.Add(span);
        }

        Assert.Throws<InvalidOperationException>(() => new SessionFold(facts, Folding.Later).FoldAll());
    }

    private static PendingContent Content(int round)
    {
        var pieces = new FactPieces<SpanFacts>();
        foreach (var span in Spans(round))
        {
            pieces.Add(span);
        }

        return new PendingContent(pieces, [], [], new FoldProgress(round + 1, 0), Overflowed: false, PointsOverflowed: false);
    }

    private static IEnumerable<SpanFacts> Spans(int round)
    {
        using var batch = Some.SpanBatch(
            Some.Span(session: "bad", trace: (ulong)(2 * round) + 1),
            Some.Span(session: "good", trace: (ulong)(2 * round) + 2));
        var reader = new FactReader();
        for (var row = 0; row < batch.Count; row++)
        {
            var span = reader.Read(batch, row);
            span.Dialect = span.Session == "bad" ? new Puzzled() : span.Dialect;
            yield return span;
        }
    }

    private sealed class Puzzled : AgentDialect
    {
        public override string Agent => "puzzled";

        public override bool Owns(Resource resource) => false;

        public override bool Owns(InstrumentationScope scope) => false;

        public override void ReadSpan(SpanFacts facts, in SpanHints hints)
        {
        }

        public override LogFactKind KindOfText(ReadOnlySpan<byte> text, int severity, out ReadOnlySpan<byte> tool)
        {
            tool = default;
            return LogFactKind.Other;
        }

        public override ReadOnlySpan<byte> ToolOf(SpanBatch batch, int row) => default;

        internal override Turn ReadTurn(TurnFacts facts) => throw new InvalidOperationException(Secret);

        internal override IEnumerable<MissingPart> Missing(SessionShape shape) => [];
    }
}
