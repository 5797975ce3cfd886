using System.Globalization;
using System.Text.Json;
using Gander.Prometheus;
using Gander.Query.PromQl.Editing;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Microsoft.Extensions.Options;

namespace Gander.Web.Metrics;

/// <summary>
/// <c>POST /ui/promql</c>: what the editor shows of a <c>query</c> that may be unfinished: its pieces, its first error and, with
/// <c>at</c>, what may be written there. Positions are UTF-16, as scripts count.
/// </summary>
internal sealed class EditorEndpoint(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    private readonly Completions _completions = new(catalogue, options.Value.Features);

    /// <inheritdoc/>
    public override string Path => "/ui/promql";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var query = request.Parameters.Text("query");
        if (query.Length > QueryEditor.MaxLength)
        {
            throw new PrometheusException(ErrorType.BadData, string.Create(CultureInfo.InvariantCulture, $"The query is longer than {QueryEditor.MaxLength} characters"));
        }

        var place = int.TryParse(request.Parameters.Text("at"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= query.Length
            ? QueryEditor.CompletionAt(query, at)
            : null;
        var proposals = place is null ? [] : await _completions.FindAsync(place, request.CancellationToken);
        await request.AnswerAsync(body =>
        {
            using var json = new Utf8JsonWriter(body);
            json.WriteStartObject();
            WriteTokens(json, query);
            WriteError(json, query);
            if (place is not null)
            {
                WriteProposals(json, place, proposals);
            }

            json.WriteEndObject();
        });
    }

    private static void WriteTokens(Utf8JsonWriter json, string query)
    {
        json.WriteStartArray("tokens");
        foreach (var token in QueryEditor.Tokens(query))
        {
            json.WriteStartArray();
            json.WriteStringValue(token.Kind.ToString().ToLowerInvariant());
            json.WriteNumberValue(token.Position.Start);
            json.WriteNumberValue(token.Position.End);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteError(Utf8JsonWriter json, string query)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return;
        }

        try
        {
            Parser.Parse(query, options.Value.Features);
        }
        catch (QueryException e)
        {
            json.WriteStartObject("error");
            json.WriteString("message", e.Message);
            json.WriteNumber("start", e.Position?.Start ?? 0);
            json.WriteNumber("end", e.Position?.End ?? query.Length);
            json.WriteEndObject();
        }
    }

    private static void WriteProposals(Utf8JsonWriter json, CompletionRequest place, IReadOnlyList<Proposal> proposals)
    {
        json.WriteNumber("from", place.Replaces.Start);
        json.WriteNumber("to", place.Replaces.End);
        json.WriteStartArray("proposals");
        foreach (var proposal in proposals)
        {
            json.WriteStartObject();
            json.WriteString("text", proposal.Text);
            json.WriteString("label", proposal.Label);
            json.WriteString("kind", proposal.Kind);
            json.WriteString("note", proposal.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
