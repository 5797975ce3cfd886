using Gander.Api.Calls;

namespace Gander.Web.Calls;

/// <summary>What charts over calls draw of one line.</summary>
/// <param name="Key">What its calls have in common.</param>
/// <param name="Calls">Calls by bucket.</param>
/// <param name="Errors">Failed calls by bucket.</param>
internal sealed record ChartLine(CallKey Key, int[] Calls, int[] Errors)
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = string.Join(" · ", new[] { Key.Name ?? (Key.Origin?.Length == 0 ? "built in" : Key.Origin), Key.Agent, Key.User }.OfType<string>().Select(part => part.Length > 0 ? part : "unknown"));
}
