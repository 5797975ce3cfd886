namespace Gander.Storage.DuckDb.Native;

/// <summary>The engine refused or failed a statement. The message is the engine's and may name files and columns, never values.</summary>
internal sealed class DuckException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the engine gave a file up because it could not finish writing to it; what it had committed is safe and serves once the file is attached anew.</summary>
    public bool IsGivenUp => Message.Contains("has been invalidated", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the engine found that what it read from a file is not what it wrote.</summary>
    public bool IsDamage =>
        Message.Contains("checksum", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("Corrupt", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("Failed to deserialize", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("Could not read enough bytes", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("not a valid DuckDB database file", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("Serialization Error", StringComparison.OrdinalIgnoreCase);
}
