using System.Globalization;

namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes attributes (<c>common.proto</c>, KeyValue) and the resource and scope they belong to; texts leave with their secrets masked.</summary>
internal static class AttributeWriter
{
    private static readonly OtlpField Key = new(1, "key");
    private static readonly OtlpField Value = new(2, "value");
    private static readonly OtlpField StringValue = new(1, "stringValue");
    private static readonly OtlpField BoolValue = new(2, "boolValue");
    private static readonly OtlpField IntValue = new(3, "intValue");
    private static readonly OtlpField DoubleValue = new(4, "doubleValue");
    private static readonly OtlpField Resource = new(1, "resource");
    private static readonly OtlpField ResourceAttributes = new(1, "attributes");
    private static readonly OtlpField Scope = new(1, "scope");
    private static readonly OtlpField ScopeName = new(1, "name");
    private static readonly OtlpField ScopeVersion = new(2, "version");

    public static void Write(OtlpWriter writer, OtlpField field, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        writer.BeginList(field);
        foreach (var (key, value) in attributes)
        {
            writer.BeginItem(field);
            writer.String(Key, key);
            writer.BeginMessage(Value);
            WriteAny(writer, value);
            writer.EndMessage();
            writer.EndMessage();
        }

        writer.EndList();
    }

    /// <summary>A message with nothing but a text value, as the body of a log record is.</summary>
    public static void WriteText(OtlpWriter writer, OtlpField field, string text)
    {
        writer.BeginMessage(field);
        WriteAny(writer, text);
        writer.EndMessage();
    }

    public static void WriteResource(OtlpWriter writer, TelemetryResource resource)
    {
        writer.BeginMessage(Resource);
        Write(writer, ResourceAttributes, resource.Attributes);
        writer.EndMessage();
    }

    public static void WriteScope(OtlpWriter writer, TelemetryResource resource)
    {
        writer.BeginMessage(Scope);
        writer.String(ScopeName, AgentTelemetry.ScopeName);
        writer.String(ScopeVersion, resource.Version);
        writer.EndMessage();
    }

    private static void WriteAny(OtlpWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.String(StringValue, SecretMask.Apply(text));
                break;
            case bool truth:
                writer.Bool(BoolValue, truth);
                break;
            case long number:
                writer.Int64(IntValue, number);
                break;
            case int number:
                writer.Int64(IntValue, number);
                break;
            case double number:
                writer.Double(DoubleValue, number);
                break;
            default:
                writer.String(StringValue, SecretMask.Apply(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }
}
