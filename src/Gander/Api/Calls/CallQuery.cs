using Gander.Telemetry;

namespace Gander.Api.Calls;

/// <summary>Which calls figures are made of; null members do not restrict.</summary>
/// <param name="Range">The call starts inside.</param>
/// <param name="Agent">The agent.</param>
/// <param name="User">The user.</param>
/// <param name="Name">The model or the tool.</param>
/// <param name="Origin">The provider of a model, the MCP server of a tool.</param>
internal sealed record CallQuery(TimeRange Range, string? Agent = null, string? User = null, string? Name = null, string? Origin = null);
