using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions.Agents;

/// <summary>Captured runs folded one by one, for tests of what one agent does in its own way.</summary>
internal static class AgentCapture
{
    public static IEnumerable<TelemetryBatch> Batches(string agent, string scenario) =>
        Captured.All(SharedData.Scenarios(agent).Single(captured => captured.Name == scenario));

    /// <summary>The only session of a run, read back with its texts.</summary>
    public static async Task<Session> WithTextsAsync(string agent, string scenario)
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in Batches(agent, scenario))
        {
            await telemetry.DeliverAsync(batch);
        }

        return (await telemetry.Index.ReadAsync(Assert.Single(await telemetry.ListAsync()).Key, TestContext.Current.CancellationToken))!;
    }

    /// <summary>The only session of a run, without texts.</summary>
    public static Session Only(string agent, string scenario) => Assert.Single(Folding.All(Batches(agent, scenario)));
}
