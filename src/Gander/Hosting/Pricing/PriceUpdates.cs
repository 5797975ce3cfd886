using Gander.Api;
using Gander.Hosting.Auth;
using Gander.Hosting.Configuration;
using Gander.Prices;
using Gander.Sessions;
using Gander.Stores;

namespace Gander.Hosting.Pricing;

/// <summary>
/// Prices sessions anew for the command on the same machine. Only the key of the data folder opens this, as it changes what
/// everybody sees.
/// </summary>
internal static partial class PriceUpdates
{
    /// <summary>The path of the endpoint.</summary>
    public const string Path = "/api/prices/apply";

    /// <summary><c>POST /api/prices/apply</c>: answers what changed, or with <c>tryOnly</c> what would.</summary>
    public static void MapPriceUpdates(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, HandleAsync);

    /// <summary>What to do.</summary>
    /// <param name="TryOnly">Whether only to tell what would change.</param>
    internal sealed record Request(bool TryOnly);

    private static async Task HandleAsync(HttpContext context, PriceBook book, PriceOptions options, SessionIndex index, RunningServer server, ILogger<GanderServer> logger)
    {
        if (!ReferenceEquals(context.Features.Get<Caller>(), Authenticator.Local))
        {
            await Refusal.WriteAsync(context, Listener.Pages, StatusCodes.Status403Forbidden, "Prices are applied with gander prices apply, on the server's machine and as its user.");
            return;
        }

        var request = await context.Request.ReadFromJsonAsync<Request>(context.RequestAborted);
        if (request is not { TryOnly: true } && server.ReadOnly)
        {
            await ErrorJson.AnswerAsync(context, new ApiException(StatusCodes.Status409Conflict, "read_only", "This server only reads; stop it and start one that may write."));
            return;
        }

        try
        {
            var table = PriceFile.ReadTable(options);
            var save = request is not { TryOnly: true };
            if (save)
            {
                book.Current = table;
            }

            var outcome = await index.RepriceAsync(table, save, context.RequestAborted);
            if (save)
            {
                Log.Applied(logger, outcome.Table, outcome.Changed, outcome.Sessions);
            }

            await context.Response.WriteAsJsonAsync(outcome, context.RequestAborted);
        }
        catch (ConfigurationException e)
        {
            await ErrorJson.AnswerAsync(context, new ApiException(StatusCodes.Status400BadRequest, "bad_prices", e.Message, "prices.file"));
        }
        catch (StoreUnavailableException e)
        {
            await ErrorJson.AnswerAsync(context, new ApiException(StatusCodes.Status503ServiceUnavailable, "store_unavailable", e.Message));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Prices {Table} are applied: {Changed} of {Sessions} sessions cost something else")]
        public static partial void Applied(ILogger logger, string table, long changed, long sessions);
    }
}
