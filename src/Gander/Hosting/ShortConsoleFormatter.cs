using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gander.Hosting;

/// <summary>One short line an entry: time, level, message. Exceptions follow in full, as they are bugs or broken machines.</summary>
internal sealed class ShortConsoleFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "short";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "error ",
            LogLevel.Warning => "warning ",
            LogLevel.Debug or LogLevel.Trace => "debug ",
            _ => "",
        };
        // A message may quote what somebody sent: control characters must not steer a terminal or fake a line.
        var message = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {level}{logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        textWriter.WriteLine(string.Concat(message.Select(character => char.IsControl(character) ? ' ' : character)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception.ToString());
        }
    }
}
