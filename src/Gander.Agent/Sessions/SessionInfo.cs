using Gander.Agent.Providers;

namespace Gander.Agent.Sessions;

/// <summary>What a list shows of a session.</summary>
/// <param name="Id">Its id, <c>YYYYMMDD_N</c> by the day it began in UTC.</param>
/// <param name="Name">The name a person gave it, or the title a model made; null before there is one.</param>
/// <param name="WorkingDirectory">Where it worked.</param>
/// <param name="Created">When it began.</param>
/// <param name="Updated">When something was last stored.</param>
/// <param name="Messages">How many messages a person sees.</param>
/// <param name="Usage">The sum over all its model calls.</param>
/// <param name="CostUsd">The price of those model calls whose price is known, or null when none is.</param>
public sealed record SessionInfo(
    string Id,
    string? Name,
    string WorkingDirectory,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    int Messages,
    ModelUsage Usage,
    decimal? CostUsd);
