using System.Globalization;
using System.Text;

namespace Gander.Agent.Telemetry.Export;

/// <summary>Reads <c>partial_success</c> of OTLP's answers, which all three signals have in the same place.</summary>
internal static class PartialSuccess
{
    /// <summary>What was left out and why, or null when all was taken.</summary>
    public static string? Read(ReadOnlySpan<byte> response)
    {
        var fields = new ProtobufFields(response);
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                return Describe(fields.Bytes);
            }
        }

        return null;
    }

    private static string? Describe(ReadOnlySpan<byte> partial)
    {
        var (rejected, message) = (0UL, "");
        var fields = new ProtobufFields(partial);
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                rejected = fields.Varint;
            }
            else if (fields.Number == 2)
            {
                message = Printable.Line(Encoding.UTF8.GetString(fields.Bytes));
            }
        }

        return rejected == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{rejected} records were left out: {message}");
    }
}
