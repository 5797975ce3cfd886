namespace Gander.Api.Search;

/// <summary>What a filter looks at; each is a repeated parameter of its own.</summary>
public enum FilterOwner
{
    /// <summary>A built-in field (<c>field=duration>=500ms</c>).</summary>
    Field,

    /// <summary>An attribute of the record, or of its resource where the record has none (<c>attr=error.type=timeout</c>).</summary>
    Attribute,

    /// <summary>An attribute of the resource (<c>resource=host.name=laptop</c>).</summary>
    Resource,
}
