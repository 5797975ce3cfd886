using Gander.Api.Parameters;

namespace Gander.Api;

/// <summary>One request to an endpoint.</summary>
public sealed class ApiRequest
{
    internal ApiRequest(HttpContext context, long nowNanos, CancellationToken cancellationToken)
    {
        (Context, NowNanos, CancellationToken) = (context, nowNanos, cancellationToken);
        Parameters = new ParameterReader(context.Request.Query, nowNanos);
    }

    /// <summary>The request and response.</summary>
    public HttpContext Context { get; }

    /// <summary>The time of the request, Unix nanoseconds: what <c>now</c> means.</summary>
    public long NowNanos { get; }

    /// <summary>The query parameters.</summary>
    public ParameterReader Parameters { get; }

    /// <summary>Ends with the deadline of the query or when the client is gone.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>A part of the path.</summary>
    public string PathValue(string name) => (string)Context.Request.RouteValues[name]!;

    /// <summary>Ends the reading of parameters; call it before the answer begins.</summary>
    /// <exception cref="ApiException">One was wrong or unknown.</exception>
    public void FinishParameters()
    {
        Parameters.Finish();
        Refuse(Parameters.Problems);
    }

    /// <summary>Refuses the request with the first problem, if there is one.</summary>
    public static void Refuse(IReadOnlyList<ParameterProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw ApiException.Of(problems[0]);
        }
    }

    /// <summary>Begins an answer in JSON.</summary>
    public JsonAnswer BeginJson() => new(Context.Response, CancellationToken);
}
