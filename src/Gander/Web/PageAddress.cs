using Microsoft.AspNetCore.Http.Extensions;

namespace Gander.Web;

/// <summary>Makes the addresses of pages: state lives in the query, and the time range goes along to every page.</summary>
public static class PageAddress
{
    /// <summary>The address of <paramref name="path"/> with the range and further parameters; those without a value are left out.</summary>
    public static string Of(string path, TimeWindow? window, params ReadOnlySpan<(string Key, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in window?.Parameters() ?? [])
        {
            query.Add(key, value!);
        }

        foreach (var (key, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(key, value);
            }
        }

        return path + query.ToQueryString();
    }

    /// <summary>The page of a session.</summary>
    public static string Session(string key, TimeWindow? window = null) => Of($"/sessions/{Uri.EscapeDataString(key)}", window);

    /// <summary>The same page with one parameter changed, or removed when its value is null. Paging starts over.</summary>
    public static string Change(Uri current, params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(current.Query);
        query.Remove("cursor");
        foreach (var (key, value) in changes)
        {
            query.Remove(key);
            if (!string.IsNullOrEmpty(value))
            {
                query[key] = value;
            }
        }

        return current.AbsolutePath + QueryString.Create(query);
    }
}
