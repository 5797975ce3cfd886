namespace Gander.Commands.Imports;

/// <summary>Something of a file that was not imported.</summary>
/// <param name="Place">The file, and the line where there are several bodies.</param>
/// <param name="Message">Why.</param>
internal sealed record ImportProblem(string Place, string Message);
