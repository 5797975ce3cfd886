using System.Diagnostics;

namespace Gander.Query.PromQl.Syntax;

/// <summary>The words messages use for types.</summary>
internal static class ExpressionTypes
{
    public static string Describe(this ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "scalar",
        ExpressionType.Text => "string",
        ExpressionType.InstantVector => "instant vector",
        ExpressionType.RangeVector => "range vector",
        _ => throw new UnreachableException($"no words for {type}"),
    };
}
