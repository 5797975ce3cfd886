namespace Gander.Agent.Telemetry.Export;

/// <summary>A request out of the outbox, which no other process sees until this is disposed.</summary>
internal sealed class KeptRequest(ExportRequest request, FileStream file, string path) : IDisposable
{
    public ExportRequest Request { get; } = request;

    /// <summary>Removes it: it was sent, or is not wanted.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays until it is too old; a receiver knows it by its bytes.
        }
    }

    public void Dispose() => file.Dispose();
}
