namespace Gander.Web;

/// <summary>Gives a page a status of its own.</summary>
internal static class PageStatus
{
    /// <summary>
    /// Answers 404 with the page that is being rendered. Set any earlier, the status would make the framework drop the page.
    /// </summary>
    public static void SetNotFound(HttpContext? context) => context?.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
