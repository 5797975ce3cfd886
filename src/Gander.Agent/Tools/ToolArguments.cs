using System.Text.Json;
using Gander.Agent.Loop;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Tools;

/// <summary>
/// The arguments of a call, read by name. Models send what they like, so each reader says in a <see cref="ToolRefusedException"/> which
/// argument is missing or of the wrong kind.
/// </summary>
internal readonly struct ToolArguments(AIFunctionArguments arguments)
{
    /// <summary>The call these arguments belong to.</summary>
    public ToolCallContext? Context => ToolCallContext.Of(arguments);

    /// <summary>An argument that must be there.</summary>
    public string Text(string name) => OptionalText(name) ?? throw new ToolRefusedException($"The argument \"{name}\" is missing.");

    /// <summary>A path that must be there and could be one.</summary>
    public string Path(string name) => Text(name) is { Length: > 0 } path && !path.Contains('\0', StringComparison.Ordinal)
        ? path
        : throw new ToolRefusedException($"The argument \"{name}\" is no path.");

    /// <summary>An argument that may be absent or null.</summary>
    public string? OptionalText(string name) => Value(name) switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new ToolRefusedException($"The argument \"{name}\" has to be a string."),
    };

    /// <summary>A whole number within bounds, as a number or as digits in a string, which small models send.</summary>
    public int? Number(string name, int least, int most)
    {
        double? number = Value(name) switch
        {
            null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            int whole => whole,
            long whole => whole,
            double any => any,
            JsonElement { ValueKind: JsonValueKind.Number } json => json.GetDouble(),
            JsonElement { ValueKind: JsonValueKind.String } json when Parse(json.GetString()) is { } parsed => parsed,
            string text when Parse(text) is { } parsed => parsed,
            _ => throw new ToolRefusedException($"The argument \"{name}\" has to be a whole number."),
        };
        if (number is not { } value)
        {
            return null;
        }

        return Math.Floor(value) == value && value >= least && value <= most
            ? (int)value
            : throw new ToolRefusedException($"The argument \"{name}\" has to be a whole number from {least} to {most}.");
    }

    /// <summary>A yes or no; no where absent.</summary>
    public bool Flag(string name) => Value(name) switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False } => false,
        JsonElement { ValueKind: JsonValueKind.True } => true,
        bool flag => flag,
        JsonElement { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var parsed) => parsed,
        string text when bool.TryParse(text, out var parsed) => parsed,
        _ => throw new ToolRefusedException($"The argument \"{name}\" has to be true or false."),
    };

    private static double? Parse(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private object? Value(string name) => arguments.TryGetValue(name, out var value) ? value : null;
}
