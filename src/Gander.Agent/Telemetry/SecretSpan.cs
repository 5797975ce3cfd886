namespace Gander.Agent.Telemetry;

/// <summary>Where in a text a secret stands; a length of 0 says nowhere.</summary>
internal readonly record struct SecretSpan(int Start, int Length)
{
    public static SecretSpan None => default;
}
