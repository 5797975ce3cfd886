namespace Gander.Api;

/// <summary>The one shape of every error of the API: <c>{"error":{"code","message","parameter"?}}</c>.</summary>
internal static class ErrorJson
{
    /// <summary>Answers with an error; the response must not have started.</summary>
    public static async Task AnswerAsync(HttpContext context, ApiException error)
    {
        context.Response.StatusCode = error.Status;
        await using var answer = new JsonAnswer(context.Response, context.RequestAborted);
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        if (error.Parameter is not null)
        {
            json.WriteString("parameter", error.Parameter);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
