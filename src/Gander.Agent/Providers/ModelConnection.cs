using Microsoft.Extensions.AI;

namespace Gander.Agent.Providers;

/// <summary>A model that can be asked. One session uses a connection at a time, as it writes its id into the requests.</summary>
public sealed class ModelConnection : IDisposable
{
    private readonly RequestLabel? _label;

    /// <summary>A connection through any client; its failures should be <see cref="ProviderException"/>, and others are taken as the provider's fault.</summary>
    /// <param name="provider">The provider's name in telemetry, such as <c>openai</c>.</param>
    /// <param name="model">The model as the provider calls it.</param>
    /// <param name="client">The client; it is disposed with the connection.</param>
    /// <param name="facts">Limits and prices; by default those of <see cref="ModelCatalog"/>.</param>
    public ModelConnection(string provider, string model, IChatClient client, ModelFacts? facts = null)
        : this(provider, model, client, facts, null)
    {
    }

    internal ModelConnection(string provider, string model, IChatClient client, ModelFacts? facts, RequestLabel? label)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(client);
        (Provider, Model, Client, Facts, _label) = (provider, model, client, facts ?? ModelCatalog.Find(model), label);
    }

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>The model asked.</summary>
    public string Model { get; }

    /// <summary>Limits and prices of the model.</summary>
    public ModelFacts Facts { get; }

    /// <summary>The client, which neither retries nor calls tools by itself.</summary>
    public IChatClient Client { get; }

    /// <summary>Tells the provider with every request which session asks, in the header <c>agent-session-id</c>.</summary>
    public void Label(string sessionId)
    {
        if (_label is not null)
        {
            _label.SessionId = sessionId;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
