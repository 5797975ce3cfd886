namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes the envelope that export requests for spans and log records share (OTLP 1.x): one resource, one scope, its records.</summary>
/// <param name="resources">The field of the list of resources.</param>
/// <param name="scopes">The field of the list of scopes.</param>
/// <param name="records">The field of the list of records.</param>
internal sealed class RecordRequest(OtlpField resources, OtlpField scopes, OtlpField records)
{
    /// <summary>Writes records until <paramref name="next"/> has none or the message has about <paramref name="maxBytes"/>.</summary>
    public byte[] Write<TRecord>(OtlpWriter writer, TelemetryResource resource, Func<TRecord?> next, Action<OtlpWriter, TRecord> write, int maxBytes)
        where TRecord : class
    {
        writer.BeginList(resources);
        writer.BeginItem(resources);
        AttributeWriter.WriteResource(writer, resource);
        writer.BeginList(scopes);
        writer.BeginItem(scopes);
        AttributeWriter.WriteScope(writer, resource);
        writer.BeginList(records);
        while (writer.Length < maxBytes && next() is { } record)
        {
            writer.BeginItem(records);
            write(writer, record);
            writer.EndMessage();
        }

        writer.EndList();
        writer.EndMessage();
        writer.EndList();
        writer.EndMessage();
        writer.EndList();
        return writer.Finish();
    }
}
