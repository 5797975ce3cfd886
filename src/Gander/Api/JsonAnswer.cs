using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gander.Api;

/// <summary>
/// A JSON answer that goes out in pieces while it is written, so that a large one is never held as a whole. Nothing leaves
/// before the first piece is full or the JSON is complete: until then an error can still be answered instead. An answer that
/// is disposed before its JSON is complete does not send the rest.
/// </summary>
public sealed class JsonAnswer : IAsyncDisposable
{
    private const int PieceBytes = 32 * 1024;

    // Answers are application/json with nosniff, never part of a page: only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _gathered = new(4 * 1024);
    private readonly HttpResponse _response;
    private readonly CancellationToken _cancellationToken;

    internal JsonAnswer(HttpResponse response, CancellationToken cancellationToken)
    {
        (_response, _cancellationToken) = (response, cancellationToken);
        Writer = new Utf8JsonWriter(_gathered, Options);
    }

    /// <summary>Where to write.</summary>
    public Utf8JsonWriter Writer { get; }

    private bool IsComplete => Writer.CurrentDepth == 0 && Writer.BytesCommitted + Writer.BytesPending > 0;

    /// <summary>Sends what has gathered when it is worth a write; call it between entries of a list.</summary>
    public async ValueTask SendGatheredAsync()
    {
        if (Writer.BytesPending + _gathered.WrittenCount > PieceBytes)
        {
            await SendAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsComplete)
        {
            await SendAsync();
        }

        await Writer.DisposeAsync();
    }

    private async ValueTask SendAsync()
    {
        await Writer.FlushAsync(_cancellationToken);
        if (!_response.HasStarted)
        {
            _response.ContentType = "application/json; charset=utf-8";
        }

        await _response.Body.WriteAsync(_gathered.WrittenMemory, _cancellationToken);
        _gathered.ResetWrittenCount();
    }
}
