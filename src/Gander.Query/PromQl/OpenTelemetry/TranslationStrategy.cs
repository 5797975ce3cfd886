namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>How OTLP names become Prometheus names; the four strategies that Prometheus knows.</summary>
public enum TranslationStrategy
{
    /// <summary>Letters, digits, <c>_</c> and <c>:</c> only; units and <c>_total</c> are appended.</summary>
    UnderscoreEscapingWithSuffixes,

    /// <summary>Letters, digits, <c>_</c> and <c>:</c> only; nothing is appended.</summary>
    UnderscoreEscapingWithoutSuffixes,

    /// <summary>Names keep their dots and every other character; units and <c>_total</c> are appended.</summary>
    NoUtf8EscapingWithSuffixes,

    /// <summary>Names stay as they were sent.</summary>
    NoTranslation,
}
