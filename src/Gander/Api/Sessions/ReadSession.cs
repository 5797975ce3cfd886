using Gander.Web;

namespace Gander.Api.Sessions;

/// <summary><c>GET /api/sessions/{key}</c>: one session with everything in it.</summary>
internal sealed class ReadSession(ISessionSource sessions) : ApiEndpoint
{
    public override string Path => "/api/sessions/{key}";

    public override string Summary => "One session with its turns and their steps.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        new("key", "The session's key, as lists give it.", ApiParameterKind.Path, "goose-dev-demo-20261122_9"),
    ];

    public override string ResponseSchema => "Session";

    public override bool MayBeAbsent => true;

    public override async Task AnswerAsync(ApiRequest request)
    {
        request.FinishParameters();
        var key = request.PathValue("key");
        var session = await sessions.ReadAsync(key, request.CancellationToken)
            ?? throw ApiException.NotFound($"There is no session with the key '{Shown(key)}'; keys are in GET /api/sessions and are not the agent's session ids, which several people may share");

        await using var answer = request.BeginJson();
        await SessionJson.WriteAsync(answer, session);
    }

    private static string Shown(string key) => key.Length > 128 ? key[..128] : key;
}
