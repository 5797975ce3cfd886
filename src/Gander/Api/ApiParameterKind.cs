namespace Gander.Api;

/// <summary>How the values of a parameter look.</summary>
public enum ApiParameterKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text, and the parameter may be repeated.</summary>
    Repeated,

    /// <summary>Text that is a part of the path.</summary>
    Path,
}
