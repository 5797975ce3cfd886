namespace Gander.Sessions;

/// <summary>Who used the agent, as its own records say; resource attributes and tokens stand beside it in the summary.</summary>
/// <param name="Email">The e-mail address the person signed in with, or null.</param>
/// <param name="AccountId">The account at the agent's maker, or null.</param>
/// <param name="Organization">The organization there, or null.</param>
/// <param name="Installation">A random id of the installation, or null.</param>
public sealed record SessionAccount(string? Email, string? AccountId, string? Organization, string? Installation);
