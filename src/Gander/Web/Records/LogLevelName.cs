namespace Gander.Web.Records;

/// <summary>Severity numbers as words (opentelemetry/specification/logs/data-model, "Severity").</summary>
internal static class LogLevelName
{
    /// <summary>TRACE, DEBUG, INFO, WARN, ERROR, FATAL, or a dash for a number that was not set.</summary>
    public static string Of(byte severity) => severity switch
    {
        0 => Figures.Unknown,
        <= 4 => "TRACE",
        <= 8 => "DEBUG",
        <= 12 => "INFO",
        <= 16 => "WARN",
        <= 20 => "ERROR",
        _ => "FATAL",
    };

    /// <summary>The tone the word has on a page: error, warn, faint or none.</summary>
    public static string Tone(byte severity) => severity switch
    {
        >= 17 => "error",
        >= 13 => "warn",
        >= 9 => "",
        _ => "faint",
    };
}
