namespace Gander.Telemetry;

/// <summary>
/// A 128-bit hash of an export's unpacked bytes and of who sent it, so that a retry whose first answer was lost is
/// recognised. The default value means the export cannot repeat and is never matched.
/// </summary>
/// <param name="High">The upper half.</param>
/// <param name="Low">The lower half.</param>
public readonly record struct ExportFingerprint(ulong High, ulong Low);
