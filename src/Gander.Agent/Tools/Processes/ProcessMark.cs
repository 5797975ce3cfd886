namespace Gander.Agent.Tools.Processes;

/// <summary>A process that is not mistaken for a later one with the same id.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started, in the kernel's own terms.</param>
internal readonly record struct ProcessMark(int Id, string Started);
