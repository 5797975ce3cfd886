namespace Gander.Api.Parameters;

/// <summary>What is wrong with one query parameter, in words its author can act on.</summary>
/// <param name="Code"><c>unknown_parameter</c>, <c>bad_parameter</c> or <c>bad_cursor</c>.</param>
/// <param name="Parameter">The parameter's name as it was written.</param>
/// <param name="Message">What was wrong and an example of what works; names the parameter.</param>
public sealed record ParameterProblem(string Code, string Parameter, string Message)
{
    /// <summary>A value that cannot be used.</summary>
    public static ParameterProblem Bad(string parameter, string message) => new("bad_parameter", parameter, $"{parameter}: {message}");
}
