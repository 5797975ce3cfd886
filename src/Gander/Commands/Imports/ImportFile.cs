namespace Gander.Commands.Imports;

/// <summary>A file to import.</summary>
/// <param name="Info">The file.</param>
/// <param name="IsNamed">Whether a person named it; what was found in a folder need not be OTLP at all.</param>
internal sealed record ImportFile(FileInfo Info, bool IsNamed);
