namespace Gander.Prometheus.RemoteWrite;

/// <summary>The two forms of a remote write request.</summary>
internal enum RemoteWriteVersion
{
    /// <summary><c>prometheus.WriteRequest</c>: labels as text in each series.</summary>
    One,

    /// <summary><c>io.prometheus.write.v2.Request</c>: labels by number, from a table of symbols.</summary>
    Two,
}
