using System.Diagnostics.CodeAnalysis;

namespace Gander.Agent.Telemetry.Export;

/// <summary>What became of a request.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The receiver has it.</summary>
    /// <param name="Rejection">What the receiver said of records it left out, or null.</param>
    public sealed record Delivered(string? Rejection = null) : SendResult;

    /// <summary>The receiver does not want it and will not want it again.</summary>
    /// <param name="Reason">What it said, such as <c>401 Unauthorized</c>.</param>
    /// <param name="IsAuthentication">Whether it asks for other credentials.</param>
    public sealed record Refused(string Reason, bool IsAuthentication) : SendResult;

    /// <summary>It may be sent again.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="After">When the receiver wants it, where it says.</param>
    [SuppressMessage("Naming", "CA1724", Justification = "The cases of a closed set are named for what happened.")]
    public sealed record Unsent(string Reason, TimeSpan? After = null) : SendResult;
}
