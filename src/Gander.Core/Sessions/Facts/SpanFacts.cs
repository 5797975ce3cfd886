using System.Runtime.CompilerServices;
using Gander.Sessions.Agents;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// What the session fold needs of one span; texts stay in the batch. Strings are pooled, and empty where the span has none.
/// The same span always gives the same facts, at ingest and when it is read from the store. Once read it does not change.
/// </summary>
internal sealed class SpanFacts
{
    // Few spans have any: the others have no room for them.
    private StrongBox<TokenUsage>? _tokens;

    /// <summary>Its trace.</summary>
    public TraceId Trace;

    /// <summary>Its id.</summary>
    public SpanId Span;

    /// <summary>Its parent, empty for a root.</summary>
    public SpanId Parent;

    /// <summary>Start, Unix nanoseconds.</summary>
    public long StartNanos;

    /// <summary>End, Unix nanoseconds.</summary>
    public long EndNanos;

    /// <summary>Who sent it.</summary>
    public required Emitter Emitter;

    /// <summary>Who understands it.</summary>
    public required AgentDialect Dialect;

    /// <summary>Its session id, or empty.</summary>
    public string Session = "";

    /// <summary>The span's name.</summary>
    public string Name = "";

    /// <summary>The model, the one asked for before the one that answered.</summary>
    public string Model = "";

    /// <summary>The provider.</summary>
    public string Provider = "";

    /// <summary>The tool.</summary>
    public string Tool = "";

    /// <summary>The agent's name inside its program.</summary>
    public string AgentName = "";

    /// <summary>The reason of a failure.</summary>
    public string ErrorType = "";

    /// <summary>The first line of the user's text, at most 200 characters, on a turn whose content was captured; else empty.</summary>
    public string Title = "";

    /// <summary>What it tells of a call, where its dialect reads that; else null.</summary>
    public CallFacts? Call;

    /// <summary>What it means.</summary>
    public SpanRole Role;

    /// <summary>What it says of itself.</summary>
    public SpanTraits Traits;

    /// <summary>Status code: 0 unset, 1 ok, 2 error.</summary>
    public byte Status;

    /// <summary>Events the emitter dropped.</summary>
    public uint DroppedEvents;

    /// <summary>Its row in the batch it was read from, for texts.</summary>
    public int Row;

    /// <summary>Tokens, zeros where there are none and where <see cref="Call"/> has them.</summary>
    public TokenUsage Tokens
    {
        get => _tokens?.Value ?? default;
        set => _tokens = value == default ? null : new StrongBox<TokenUsage>(value);
    }

    /// <summary>Whether it carries all of <paramref name="traits"/>.</summary>
    public bool Has(SpanTraits traits) => (Traits & traits) == traits;
}
