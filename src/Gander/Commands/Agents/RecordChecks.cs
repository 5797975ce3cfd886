using System.Globalization;

namespace Gander.Commands.Agents;

/// <summary>What can be wrong with what OpenTelemetry's variables say of records: headers, names, attributes, sampling.</summary>
internal static class RecordChecks
{
    /// <summary>Everything about headers, resource and sampling.</summary>
    public static IEnumerable<Finding> Of(AgentSettings agent, AgentVariables variables) =>
    [
        .. Headers(agent, variables, OtelVariables.Headers),
        .. OtelVariables.Signals.SelectMany(signal => Headers(agent, variables, OtelVariables.Of(OtelVariables.Headers, signal))),
        .. ServiceName(agent, variables),
        .. Attributes(agent, variables),
        .. Sampling(variables),
    ];

    private static IEnumerable<Finding> Headers(AgentSettings agent, AgentVariables variables, string name)
    {
        var entries = HeaderList.Entries(variables.Value(name)).ToList();
        if (entries.Exists(HeaderList.HasColonForm))
        {
            yield return Finding.Problem(
                "headers.colon",
                variables.Shown(name),
                $"Headers are written with an equals sign here. {agent.Title} drops one with a colon without a word, and the server refuses what comes without its token.",
                variables.Change(name, Masked.Headers(HeaderList.Corrected(variables.Value(name)))));
        }
        else if (entries.Exists(entry => entry.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            yield return Finding.Problem("headers.form", variables.Shown(name), "Headers are a list of key=value; what has no key is dropped.", variables.Change(name, "Authorization=Basic TOKEN"));
        }

        if (!agent.DecodesHeaders && entries.Exists(entry => entry.Contains("%20", StringComparison.Ordinal)))
        {
            yield return Finding.Problem(
                "headers.encoded",
                variables.Shown(name),
                $"{agent.Title} sends %20 as it stands, so that the server does not see a token.",
                variables.Change(name, Masked.Headers(variables.Value(name).Replace("%20", " ", StringComparison.Ordinal))));
        }
    }

    private static IEnumerable<Finding> ServiceName(AgentSettings agent, AgentVariables variables)
    {
        const string name = OtelVariables.ServiceName;
        var attribute = Pairs(variables).FirstOrDefault(pair => pair.Key == "service.name").Value;
        var value = variables.Has(name) ? variables.Value(name) : attribute ?? "";
        var shown = variables.Has(name) ? variables.Shown(name) : $"service.name is {value} in {OtelVariables.ResourceAttributes}";
        var fix = variables.Change(name, agent.ServiceNames[0]);
        if (value.StartsWith("unknown_service", StringComparison.Ordinal))
        {
            yield return Finding.Warning("service.unknown", shown, $"The environment goes before {agent.Title}'s own name, so that its telemetry cannot be told from that of others.", fix);
        }
        else if (AgentCatalogue.All.Any(other => other.ServiceNames.Contains(value, StringComparer.Ordinal) && !agent.ServiceNames.Contains(value, StringComparer.Ordinal)))
        {
            yield return Finding.Warning("service.foreign", shown, $"That is another agent's name: {agent.Title}'s telemetry appears under it.", fix);
        }
        else if (value.Length > 0 && !agent.ServiceNames.Contains(value, StringComparer.Ordinal))
        {
            yield return Finding.Note("service.name", shown, $"Queries and dashboards that ask for {agent.ServiceNames[0]} do not find {agent.Title}'s telemetry.", fix);
        }
    }

    private static IEnumerable<Finding> Attributes(AgentSettings agent, AgentVariables variables)
    {
        const string name = OtelVariables.ResourceAttributes;
        var entries = HeaderList.Entries(variables.Value(name)).ToList();
        if (entries.Exists(entry => entry.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            yield return Finding.Warning("attributes.form", variables.Shown(name), "Resource attributes are a list of key=value; a part without a key is lost, and so are the rest with some agents.", variables.Drop(name));
        }
        else if (entries.Exists(entry => entry.Any(character => char.IsWhiteSpace(character) || character is '"' or '\\' or ';')))
        {
            yield return Finding.Warning(
                "attributes.spaces",
                variables.Shown(name),
                agent.IsStrictAboutAttributes
                    ? $"Spaces and quotes have to be written as %20 and %22: {agent.Title} drops all resource attributes when one has any."
                    : $"Spaces and quotes have to be written as %20 and %22: other agents drop all resource attributes when one has any, and an unquoted space ends the line of a shell.",
                variables.Change(name, string.Join(',', entries.Select(Escaped))));
        }
    }

    private static IEnumerable<Finding> Sampling(AgentVariables variables)
    {
        const string name = OtelVariables.Sampler;
        var sampler = variables.Value(name).Trim();
        var hasRatio = double.TryParse(variables.Value(OtelVariables.SamplerArgument), NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio);
        if (sampler is "always_off" or "parentbased_always_off")
        {
            yield return Finding.Problem("sampling.off", variables.Shown(name), "No trace is sent, and sessions are made of traces.", variables.Drop(name));
        }
        else if (sampler is "traceidratio" or "parentbased_traceidratio" && hasRatio && ratio < 1)
        {
            yield return Finding.Warning(
                "sampling",
                $"{name} is {sampler} with {ratio.ToString("0.####", CultureInfo.InvariantCulture)}",
                string.Create(CultureInfo.InvariantCulture, $"Only {ratio:P0} of the traces are sent. Counters and logs stay whole, but sessions are made of traces: the others have gaps."),
                variables.Drop(name));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(AgentVariables variables) => HeaderList.Parse(variables.Value(OtelVariables.ResourceAttributes));

    private static string Escaped(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return $"{entry[..equals].Trim()}={Uri.EscapeDataString(Uri.UnescapeDataString(entry[(equals + 1)..].Trim().Trim('"')))}";
    }
}
