using Microsoft.Extensions.Logging.Console;

namespace Gander.Hosting;

/// <summary>Where log lines go, and which of the framework's own are worth a person's time.</summary>
internal static class ServerLogging
{
    /// <summary>Short lines on standard error; standard output belongs to results.</summary>
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.AddConsole(console =>
        {
            console.FormatterName = ShortConsoleFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<ShortConsoleFormatter, ConsoleFormatterOptions>();
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", AtLeast(LogLevel.Warning));
        logging.AddFilter("Grpc", AtLeast(LogLevel.Warning));
        // Its one warning in good health is that HTTP/2 needs TLS, for which Http2Detection has an answer.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", AtLeast(LogLevel.Error));

        LogLevel AtLeast(LogLevel level) => options.LogLevel > level ? options.LogLevel : level;
    }
}
