namespace Gander.Query.PromQl.Syntax;

/// <summary>The name and types of a function.</summary>
/// <param name="Name">Its name in the language.</param>
/// <param name="Arguments">The types of the arguments; the last one repeats when the function is variadic.</param>
/// <param name="Required">How many arguments there must be at least.</param>
/// <param name="Maximum">How many there may be at most; <see cref="int.MaxValue"/> for no limit.</param>
/// <param name="Returns">What it evaluates to.</param>
/// <param name="IsExperimental">Whether it needs <see cref="PromQlFeatures.ExperimentalFunctions"/>.</param>
public sealed record FunctionSignature(
    string Name, IReadOnlyList<ExpressionType> Arguments, int Required, int Maximum, ExpressionType Returns, bool IsExperimental = false);
