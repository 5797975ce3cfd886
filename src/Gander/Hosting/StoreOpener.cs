using Gander.Hosting.Configuration;
using Gander.Stores;

namespace Gander.Hosting;

/// <summary>Opens the store of a data folder. Whoever calls it disposes the store.</summary>
internal delegate Task<ITelemetryStore> StoreOpener(
    DataFolder folder, Settings settings, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken);
