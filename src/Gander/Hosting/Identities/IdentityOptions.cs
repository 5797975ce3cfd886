namespace Gander.Hosting.Identities;

/// <summary>Who the persons behind telemetry are.</summary>
public sealed class IdentityOptions
{
    /// <summary>A file that joins the names of persons and puts them into teams; empty for none. It is read again when it changes.</summary>
    public string File { get; set; } = "";
}
