using Gander.Telemetry;

namespace Gander.Ingest.Derived;

/// <summary>Texts that come again and again in one batch, each written once. Not thread-safe.</summary>
internal sealed class LabelKeys(TextBuffer text)
{
    private readonly Dictionary<string, TextRef> _known = new(StringComparer.Ordinal);

    /// <summary>Where the text is.</summary>
    public TextRef this[string value]
    {
        get
        {
            if (!_known.TryGetValue(value, out var known))
            {
                known = text.Add(value);
                _known.Add(value, known);
            }

            return known;
        }
    }
}
