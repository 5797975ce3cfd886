using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Gander.Hosting;

namespace Gander.Api.OpenApi;

/// <summary>
/// Writes the OpenAPI description: paths and parameters from the endpoints themselves, so that none can be missing, and the
/// schemas of answers from <c>schemas.json</c>, where they are written by hand because answers are.
/// </summary>
internal static class OpenApiJson
{
    private static readonly (int Status, string Description)[] Failures =
    [
        (400, "A parameter is unknown or wrong; the message says what would work."),
        (401, "A token is needed and missing or wrong."),
        (403, "The token may not read."),
        (500, "The server made a mistake."),
        (503, "The query took too long, too many run, or the store is not available; the message says what helps."),
    ];

    /// <summary>Writes the whole description.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ApiEndpoint> endpoints)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Gander");
        json.WriteString("version", GanderVersion.Text);
        json.WriteString("description", "What AI coding agents did: sessions, traces and logs. Times are RFC 3339 in UTC with nanoseconds, lengths are milliseconds, money is US dollars. Unknown parameters are errors.");
        json.WriteEndObject();
        json.WriteStartObject("paths");
        foreach (var endpoint in endpoints)
        {
            WritePath(json, endpoint);
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WritePropertyName("schemas");
        WriteSchemas(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, ApiEndpoint endpoint)
    {
        json.WriteStartObject(endpoint.Path);
        json.WriteStartObject("get");
        json.WriteString("operationId", JsonNamingPolicy.CamelCase.ConvertName(endpoint.GetType().Name));
        json.WriteString("summary", endpoint.Summary);
        if (endpoint.Description.Length > 0)
        {
            json.WriteString("description", endpoint.Description);
        }

        json.WriteStartArray("parameters");
        foreach (var parameter in endpoint.Parameters)
        {
            WriteParameter(json, parameter);
        }

        json.WriteEndArray();
        json.WriteStartObject("responses");
        WriteResponse(json, 200, endpoint.Summary, endpoint.MediaType, endpoint.ResponseSchema);
        foreach (var (status, description) in Failures)
        {
            WriteResponse(json, status, description, "application/json", "Error");
            if (status == 403 && endpoint.MayBeAbsent)
            {
                WriteResponse(json, 404, "There is nothing of that name.", "application/json", "Error");
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, int status, string description, string mediaType, string schema)
    {
        json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
        json.WriteString("description", description);
        json.WriteStartObject("content");
        json.WriteStartObject(mediaType);
        json.WriteStartObject("schema");
        json.WriteString("$ref", $"#/components/schemas/{schema}");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, ApiParameter parameter)
    {
        var repeated = parameter.Kind == ApiParameterKind.Repeated;
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", parameter.Kind == ApiParameterKind.Path ? "path" : "query");
        json.WriteBoolean("required", parameter.Kind == ApiParameterKind.Path);
        json.WriteString("description", parameter.Description);
        json.WriteStartObject("schema");
        if (repeated)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            json.WriteString("type", "string");
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", parameter.Kind switch
            {
                ApiParameterKind.Number => "integer",
                ApiParameterKind.Flag => "boolean",
                _ => "string",
            });
        }

        if (parameter.Words.Count > 0)
        {
            json.WriteTexts("enum", parameter.Words);
        }

        if (parameter.Bounds is { } bounds)
        {
            json.WriteNumber("minimum", bounds.Least);
            json.WriteNumber("maximum", bounds.Most);
        }

        json.WriteEndObject();
        if (repeated)
        {
            json.WriteBoolean("explode", true);
        }

        WriteExample(json, parameter);
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, ApiParameter parameter)
    {
        switch (parameter.Kind)
        {
            case ApiParameterKind.Number:
                json.WriteNumber("example", int.Parse(parameter.Example, CultureInfo.InvariantCulture));
                break;
            case ApiParameterKind.Flag:
                json.WriteBoolean("example", parameter.Example == "true");
                break;
            case ApiParameterKind.Repeated:
                json.WriteTexts("example", [parameter.Example]);
                break;
            default:
                json.WriteString("example", parameter.Example);
                break;
        }
    }

    private static void WriteSchemas(Utf8JsonWriter json)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Gander.Api.OpenApi.schemas.json")
            ?? throw new InvalidOperationException("The schemas are not part of the program.");
        using var schemas = JsonDocument.Parse(stream);
        schemas.RootElement.WriteTo(json);
    }
}
