namespace Gander.Hosting;

/// <summary>
/// Marks an endpoint that shares its path with a page. Whoever accepts <c>text/html</c> gets the page, everyone else this
/// endpoint: browsers name it, scrapers and command lines do not.
/// </summary>
public sealed class ForPrograms;
