namespace Gander.Load.Generation;

/// <summary>The kinds of attribute values that coding agents send.</summary>
internal enum FieldKind
{
    Text,
    Integer,
    Real,
    Truth,
}
