using Gander.Api.Parameters;

namespace Gander.Api;

/// <summary>A request that cannot be answered, for a reason its sender can act on. Becomes the error JSON of the API.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">A stable word for programs.</param>
/// <param name="message">For people: what was wrong and what would work.</param>
/// <param name="parameter">The parameter to blame, or null.</param>
public sealed class ApiException(int status, string code, string message, string? parameter = null) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A stable word for programs, such as <c>not_found</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The parameter to blame, or null.</summary>
    public string? Parameter { get; } = parameter;

    /// <summary>What was asked for is not there.</summary>
    public static ApiException NotFound(string message) => new(StatusCodes.Status404NotFound, "not_found", message);

    /// <summary>A parameter is wrong.</summary>
    public static ApiException Of(ParameterProblem problem) =>
        new(StatusCodes.Status400BadRequest, problem.Code, problem.Message, problem.Parameter);
}
