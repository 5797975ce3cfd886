using Gander.Query.Shared;

namespace Gander.Query.PromQl.Editing;

/// <summary>A piece of a query with what it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it stands.</param>
public readonly record struct EditorToken(EditorTokenKind Kind, TextPosition Position);
