namespace Gander.Load.Sending;

/// <summary>What became of a body.</summary>
public enum ExportOutcome
{
    /// <summary>The server said that it has it.</summary>
    Acknowledged,

    /// <summary>The server said that it has it not, and that sending it again may help.</summary>
    RefusedForNow,

    /// <summary>The server said that it will never take it.</summary>
    Refused,

    /// <summary>No answer came: the server may have it or not.</summary>
    Unknown,
}
