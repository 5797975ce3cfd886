namespace Gander.EndToEnd.Exec;

/// <summary>What a run of <c>gander exec</c> came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The program's lines.</param>
/// <param name="Errors">The program's complaints and what exec said.</param>
internal sealed record ExecOutcome(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    private const string Mark = "/sessions/";

    /// <summary>The key of the one session whose address was printed.</summary>
    public string SessionKey
    {
        get
        {
            var line = Assert.Single(Errors, line => line.StartsWith("gander exec: session http://127.0.0.1:", StringComparison.Ordinal));
            return line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Split(' ')[0];
        }
    }

    /// <summary>What exec itself said.</summary>
    public IEnumerable<string> Said => Errors.Where(line => line.StartsWith("gander exec: ", StringComparison.Ordinal));
}
