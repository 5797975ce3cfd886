using System.Diagnostics;
using System.IO.Compression;
using ZstdSharp;

namespace Gander.Prometheus.Answers;

/// <summary>
/// The body of an answer that goes out in pieces while it is written, compressed where that pays. Nothing leaves before the
/// first piece is full or <see cref="CompleteAsync"/> is called: until then an error can still be answered instead. One that
/// is disposed before it is complete does not send the rest.
/// </summary>
internal sealed class AnswerBody : IAsyncDisposable
{
    // Shorter answers fit into one packet either way.
    private const int LeastCompressedBytes = 1_400;
    private const int PieceBytes = 64 * 1024;

    private readonly HttpContext _context;
    private readonly CancellationToken _cancellationToken;
    private Stream? _body;

    public AnswerBody(HttpContext context, CancellationToken cancellationToken) => (_context, _cancellationToken) = (context, cancellationToken);

    /// <summary>Where to write.</summary>
    public JsonBytes Json { get; } = new();

    /// <summary>Sends what has gathered when it is worth a write; call it between the entries of a list.</summary>
    public ValueTask SendGatheredAsync() => Json.Count >= PieceBytes ? SendAsync() : ValueTask.CompletedTask;

    /// <summary>Sends the rest.</summary>
    public async ValueTask CompleteAsync()
    {
        if (_body is null && (Json.Count < LeastCompressedBytes || Coding == AnswerCoding.None))
        {
            Begin(AnswerCoding.None);
            _context.Response.ContentLength = Json.Count;
        }

        await SendAsync();
        if (_body != _context.Response.Body)
        {
            await _body!.DisposeAsync();
        }

        _body = null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // A compressor that is not disposed writes no end: what was cut off cannot be taken for whole.
        Json.Dispose();
        return ValueTask.CompletedTask;
    }

    private AnswerCoding Coding => AnswerCodings.Choose(_context.Request.Headers.AcceptEncoding);

    private async ValueTask SendAsync()
    {
        if (_body is null)
        {
            Begin(Coding);
        }

        await _body!.WriteAsync(Json.Written, _cancellationToken);
        Json.Clear();
    }

    private void Begin(AnswerCoding coding)
    {
        var response = _context.Response;
        response.ContentType = "application/json";
        response.Headers.Vary = "Accept-Encoding";
        switch (coding)
        {
            case AnswerCoding.None:
                _body = response.Body;
                break;
            case AnswerCoding.Gzip:
                response.Headers.ContentEncoding = "gzip";
                _body = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
                break;
            case AnswerCoding.Zstd:
                response.Headers.ContentEncoding = "zstd";
                _body = new CompressionStream(response.Body, level: 1, leaveOpen: true);
                break;
            default:
                throw new UnreachableException($"no compressor for {coding}");
        }
    }
}
