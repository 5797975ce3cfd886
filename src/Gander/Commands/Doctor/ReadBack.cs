using System.Globalization;
using System.Text.Json;
using Gander.Commands.Exec;

namespace Gander.Commands.Doctor;

/// <summary>Looks in a Gander for a record that it took.</summary>
internal sealed class ReadBack(GanderClient client, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the record can be read there. What was acknowledged can be at once; metrics are looked for a little longer.</summary>
    public async Task<bool> HasAsync(string signal, ProbeRecord record, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            var (isThere, answers) = await LookAsync(signal, record, cancellationToken);
            if (isThere)
            {
                return true;
            }

            if (!answers || time.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<(bool IsThere, bool Answers)> LookAsync(string signal, ProbeRecord record, CancellationToken cancellationToken)
    {
        var seconds = (record.TimeNanos / 1e9m).ToString("0.000", CultureInfo.InvariantCulture);
        var path = signal switch
        {
            "TRACES" => $"/api/traces/{record.Id}",
            "METRICS" => $"/api/v1/query?query={Uri.EscapeDataString($"{ProbeRecord.MetricName.Replace('.', '_')} == {record.Value.ToString(CultureInfo.InvariantCulture)}")}&time={seconds}",
            _ => $"/api/logs?limit=1&attr={Uri.EscapeDataString($"{ProbeRecord.IdAttribute}=\"{record.Id}\"")}",
        };
        var (status, answer) = await client.GetAsync(path, cancellationToken);
        using (answer)
        {
            var isThere = answer is not null && signal switch
            {
                "TRACES" => true,
                "METRICS" => answer.RootElement.TryGetProperty("data", out var data) && data.GetProperty("result").GetArrayLength() > 0,
                _ => answer.RootElement.TryGetProperty("logs", out var logs) && logs is { ValueKind: JsonValueKind.Array } && logs.GetArrayLength() > 0,
            };
            return (isThere, status != 0);
        }
    }
}
