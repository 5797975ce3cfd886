namespace Gander.Agent.Telemetry;

/// <summary>The words by which <see cref="SecretMask"/> knows secrets and their names.</summary>
internal static class SecretWords
{
    private const int ShortestKey = 16;

    // Prefixes that vendors give their keys so that they can be found; case matters.
    private static readonly string[] VendorPrefixes =
    [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_",
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-",
        "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-",
        "AKIA", "ASIA", "AIza", "ya29", "GOCSPX-",
        "gsk_", "hf_", "xai-", "nvapi-", "r8_", "pplx-", "tvly-", "fw_", "csk-", "key-",
        "npm_", "pypi-", "dckr_pat_", "dop_v1_", "shpat_", "shpss_", "glc_", "glsa_", "lin_api_", "ntn_", "figd_", "sntrys_", "PMAK-", "SG",
        "gander_",
    ];

    // Endings of names, in lower case with underscores.
    private static readonly string[] SecretEndings =
    [
        "token", "secret", "apikey", "api_key", "accesskey", "access_key", "accountkey", "secret_key", "secretkey", "private_key", "privatekey",
        "auth_key", "signing_key", "encryption_key", "credential", "credentials", "authorization", "cookie",
    ];

    private static readonly string[] PasswordEndings = ["password", "passwd", "passphrase", "pwd"];

    private static readonly string[] Placeholders = ["null", "none", "true", "false", "undefined", "string", "bearer", "basic", "required", "optional"];

    /// <summary>Whether a word begins as a vendor's keys do and is as long.</summary>
    public static bool IsVendorKey(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestKey)
        {
            return false;
        }

        foreach (var prefix in VendorPrefixes)
        {
            if (word[0] == prefix[0] && word.StartsWith(prefix, StringComparison.Ordinal))
            {
                // An ordinary word of that beginning ("key-value-and-so-on") has no digit.
                var rest = word[prefix.Length..];
                return (rest.ContainsAnyInRange('0', '9') && !IsKebab(prefix, rest)) || word.StartsWith("sk-ant-", StringComparison.Ordinal) || word.StartsWith("sk-proj-", StringComparison.Ordinal);
            }
        }

        return false;
    }

    public static bool IsScheme(ReadOnlySpan<char> word) => word.Length is 5 or 6 && (Is(word, "bearer") || Is(word, "basic"));

    public static bool IsPassword(ReadOnlySpan<char> word) => EndsWithAny(word, PasswordEndings);

    public static bool IsSecretName(ReadOnlySpan<char> word) =>
        word.Length is >= 3 and <= 80 && (word.EndsWith("_KEY", StringComparison.Ordinal) || EndsWithAny(word, SecretEndings) || EndsWithAny(word, PasswordEndings));

    /// <summary>Whether a value says that there is none, or only how the secret follows.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        if (value.StartsWith(SecretMask.Mask, StringComparison.Ordinal) || value.IndexOfAnyExcept(".*x-") < 0)
        {
            return true;
        }

        foreach (var placeholder in Placeholders)
        {
            if (Is(value, placeholder))
            {
                return true;
            }
        }

        return false;
    }

    // "key-2-of-the-map": short pieces between dashes are prose; only the prefixes of everyday words need this look.
    private static bool IsKebab(string prefix, ReadOnlySpan<char> rest) => prefix is "key-" or "sk-" && rest.Count('-') * 8 > rest.Length;

    private static bool EndsWithAny(ReadOnlySpan<char> word, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (word.Length >= ending.Length && Is(word[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }

    // Names are written with dashes in headers and with underscores elsewhere.
    private static bool Is(ReadOnlySpan<char> word, string lower)
    {
        if (word.Length != lower.Length)
        {
            return false;
        }

        for (var i = 0; i < lower.Length; i++)
        {
            var letter = word[i] == '-' ? '_' : char.ToLowerInvariant(word[i]);
            if (letter != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
