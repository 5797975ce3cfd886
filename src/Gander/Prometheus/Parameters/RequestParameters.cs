using System.Globalization;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gander.Prometheus.Parameters;

/// <summary>The parameters of a request, from a posted form and from the address; the form comes first. Unknown ones are ignored.</summary>
internal sealed class RequestParameters
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const int MaxValues = 4_096;

    private readonly IFormCollection? _form;
    private readonly IQueryCollection _query;
    private readonly long _nowMillis;

    private RequestParameters(IFormCollection? form, IQueryCollection query, long nowMillis) => (_form, _query, _nowMillis) = (form, query, nowMillis);

    /// <summary>Reads them.</summary>
    /// <exception cref="PrometheusException">The form is too large or broken.</exception>
    public static async ValueTask<RequestParameters> ReadAsync(HttpRequest request, int maxFormBytes, long nowMillis, CancellationToken cancellationToken)
    {
        var isForm = HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true;
        return new RequestParameters(isForm ? await ReadFormAsync(request, maxFormBytes, cancellationToken) : null, request.Query, nowMillis);
    }

    /// <summary>The first value of a parameter, or the empty text.</summary>
    public string Text(string name) => _form is not null && _form.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? ""
        : _query.TryGetValue(name, out values) && values.Count > 0 ? values[0] ?? ""
        : "";

    /// <summary>All values of a parameter.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Values(_form is null ? default : _form[name]), .. Values(_query[name])];

    /// <summary>A time in Unix milliseconds, or <paramref name="absent"/> when there is none.</summary>
    /// <exception cref="PrometheusException">It is no time.</exception>
    public long Time(string name, long? absent = null)
    {
        var text = Text(name);
        return text.Length == 0 && absent is { } millis ? millis
            : PrometheusTime.TryParse(text, _nowMillis, out millis) ? millis
            : throw PrometheusException.BadParameter(name, $"cannot parse \"{Shown(text)}\" to a valid timestamp");
    }

    /// <summary>A duration in milliseconds, or null when there is none.</summary>
    /// <exception cref="PrometheusException">It is no duration.</exception>
    public long? Duration(string name)
    {
        var text = Text(name);
        return text.Length == 0 ? null
            : PrometheusTime.TryParseDuration(text, out var millis) ? millis
            : throw PrometheusException.BadParameter(name, $"cannot parse \"{Shown(text)}\" to a valid duration");
    }

    /// <summary>How many entries are wanted; 0 and absence mean all, which is <paramref name="most"/>.</summary>
    /// <exception cref="PrometheusException">It is no such number.</exception>
    public int Limit(int most, string name = "limit")
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return most;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) && limit >= 0
            ? limit == 0 ? most : (int)Math.Min(most, limit)
            : throw PrometheusException.BadParameter(name, $"\"{Shown(text)}\" is no number from 0 on");
    }

    /// <summary>The series selectors of <c>match[]</c>.</summary>
    /// <exception cref="PrometheusException">One is no selector.</exception>
    public IReadOnlyList<IReadOnlyList<LabelMatcher>> Selectors() => [.. Texts("match[]").Select(Selector)];

    private static IReadOnlyList<LabelMatcher> Selector(string text)
    {
        try
        {
            return Parser.Parse(text) is Expression.VectorSelector { Modifiers: { Offset: null, At: null, Edges: RangeEdges.Plain } } selector
                ? selector.Matchers
                : throw PrometheusException.BadParameter("match[]", $"\"{Shown(text)}\" is no series selector; write one such as up{{job=\"x\"}}");
        }
        catch (QueryException e)
        {
            throw PrometheusException.Of(e, text, "match[]");
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        try
        {
            var limits = new FormOptions { ValueLengthLimit = maxBytes, ValueCountLimit = MaxValues, KeyLengthLimit = 1_024 };
            return await new FormFeature(request, limits).ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            throw new PrometheusException(ErrorType.BadData, $"error parsing form values: {e.Message}");
        }
    }

    private static IEnumerable<string> Values(StringValues values) => values.OfType<string>();

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
