namespace Gander.Load.Sending;

/// <summary>One connection to a receiver. Used by one sender at a time.</summary>
internal interface IExportClient : IDisposable
{
    /// <summary>Sends a body and waits for the answer. Never throws but for <paramref name="cancellationToken"/>.</summary>
    Task<ExportAnswer> SendAsync(ExportBody body, CancellationToken cancellationToken);
}
