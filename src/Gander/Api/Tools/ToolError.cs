using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>Failed calls whose errors read alike.</summary>
/// <param name="Template">What the errors have in common.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Example">The text of the latest, at most <see cref="SessionCalls.MaxErrorLength"/> characters.</param>
/// <param name="Tool">The tool of the latest.</param>
/// <param name="Agent">The agent of the latest.</param>
/// <param name="SessionKey">The session of the latest.</param>
/// <param name="Turn">The turn of the latest, from 0.</param>
/// <param name="Step">The step of the latest in its turn, from 0.</param>
/// <param name="LastNanos">The start of the latest, Unix nanoseconds.</param>
internal sealed record ToolError(string Template, int Count, string Example, string Tool, string Agent, string SessionKey, int Turn, int Step, long LastNanos)
{
    /// <summary>Of one call.</summary>
    public static ToolError Of(string template, SessionCalls session, in SessionCall call) =>
        new(template, 1, call.Error, call.Name, session.Agent, session.Key, call.Turn, call.Step, call.StartNanos);

    /// <summary>With one call more.</summary>
    public ToolError With(SessionCalls session, in SessionCall call) =>
        call.StartNanos > LastNanos ? Of(Template, session, call) with { Count = Count + 1 } : this with { Count = Count + 1 };
}
