using System.Globalization;

namespace Gander.Agent.Telemetry.Export;

/// <summary>Gathers what went wrong with sending, for the one line a person is told at the end. Thread-safe.</summary>
internal sealed class DeliveryReport
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private string? _refused;
    private string? _partial;
    private string? _unsent;
    private string? _lost;
    private long _dropped;

    public void Refused(Uri endpoint, SendResult.Refused refusal)
    {
        var hint = refusal.IsAuthentication ? "; check OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic <token>\" (an equals sign, not a colon)" : "";
        lock (_lock)
        {
            _refused ??= $"{Address(endpoint)} refused telemetry with {refusal.Reason}, which is lost{hint}";
        }
    }

    public void Rejected(Uri endpoint, string message)
    {
        lock (_lock)
        {
            _partial ??= $"{Address(endpoint)} did not take all telemetry: {message}";
        }
    }

    public void Unsent(Uri endpoint, string reason, bool isKept)
    {
        lock (_lock)
        {
            if (isKept)
            {
                _kept.Add(endpoint.ToString());
                _unsent ??= $"telemetry did not reach {Address(endpoint)} ({reason}); it is kept and sent next time";
            }
            else
            {
                _lost ??= $"telemetry did not reach {Address(endpoint)} ({reason}) and could not be kept, so it is lost";
            }
        }
    }

    /// <summary>All that was kept for this endpoint has arrived in the meantime.</summary>
    public void CaughtUp(Uri endpoint)
    {
        lock (_lock)
        {
            _kept.Remove(endpoint.ToString());
        }
    }

    public void Dropped(long records)
    {
        lock (_lock)
        {
            _dropped += records;
        }
    }

    /// <summary>The line for the person, or null when all is well.</summary>
    public string? Line()
    {
        lock (_lock)
        {
            var parts = new List<string?> { _refused, _partial, _lost, _kept.Count > 0 ? _unsent : null };
            if (_dropped > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_dropped} records were dropped, as too many waited"));
            }

            parts.RemoveAll(part => part is null);
            return parts.Count == 0 ? null : "gander: " + string.Join("; ", parts);
        }
    }

    // Without a path and without credentials.
    private static string Address(Uri endpoint) => endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
