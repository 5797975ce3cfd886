namespace Gander.Api;

/// <summary>One resource of the API: what it is called, what it takes, and how it answers. Made once; thread-safe.</summary>
public abstract class ApiEndpoint
{
    /// <summary>The path, such as <c>/api/sessions/{key}</c>.</summary>
    public abstract string Path { get; }

    /// <summary>What it answers, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>What callers should know beyond the schema.</summary>
    public virtual string Description => "";

    /// <summary>All parameters it takes; any other is an error.</summary>
    public abstract IReadOnlyList<ApiParameter> Parameters { get; }

    /// <summary>The name of the schema of its answer.</summary>
    public abstract string ResponseSchema { get; }

    /// <summary>The media type of its answer.</summary>
    public virtual string MediaType => "application/json";

    /// <summary>Whether there may be nothing of the asked name, so that the answer is 404.</summary>
    public virtual bool MayBeAbsent => false;

    /// <summary>Whether the answer ends by itself and within the query timeout.</summary>
    public virtual bool Ends => true;

    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiException">It cannot be answered.</exception>
    public abstract Task AnswerAsync(ApiRequest request);
}
