using Gander.Sessions;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

public sealed class SilentSessionTests
{
    [Fact]
    public void A_session_says_while_it_runs_how_it_will_stand_when_it_is_silent()
    {
        var foretold = 0;
        foreach (var scenario in SharedData.Scenarios("goose"))
        {
            var batches = Captured.Batches(scenario).ToList();
            var later = Folding.All(batches).ToDictionary(session => session.Summary.Key, session => session.Summary);
            foreach (var session in Folding.All(batches, new FoldContext(0)).Where(session => session.Summary.WhenSilent is not null))
            {
                Assert.Equal(SessionStatus.Running, session.Summary.Status);
                Assert.Equal(SummaryText.Of([later[session.Summary.Key]]), SummaryText.Of([session.Summary.Silenced()]));
                foretold++;
            }
        }

        Assert.SkipWhen(foretold == 0, "the captured sessions are not on this machine");
    }
}
