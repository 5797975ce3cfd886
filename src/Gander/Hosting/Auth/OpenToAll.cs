namespace Gander.Hosting.Auth;

/// <summary>Marks an endpoint that needs no token: health, the sign-in page, styles. It must show nothing of what is stored.</summary>
public sealed class OpenToAll;
