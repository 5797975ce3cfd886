using Gander.Api.Emitters;
using Gander.Api.Live;
using Gander.Api.Logs;
using Gander.Api.Models;
using Gander.Api.OpenApi;
using Gander.Api.Overview;
using Gander.Api.Sessions;
using Gander.Api.Status;
using Gander.Api.Tools;
using Gander.Api.Traces;
using Gander.Api.Usage;

namespace Gander.Api;

/// <summary>Every endpoint there is, in the order of the documentation.</summary>
internal static class ApiCatalogue
{
    /// <summary>The types of the endpoints.</summary>
    public static IReadOnlyList<Type> Endpoints { get; } =
    [
        typeof(ListSessions),
        typeof(ReadSession),
        typeof(SearchTraces),
        typeof(ReadTrace),
        typeof(SearchLogs),
        typeof(ReadOverview),
        typeof(ReadModels),
        typeof(ReadTools),
        typeof(ReadUsage),
        typeof(ReadEmitters),
        typeof(ReadStatus),
        typeof(WatchLive),
        typeof(ReadOpenApi),
    ];
}
