using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Gander.Web;

/// <summary>
/// Keeps the keys of data protection until the server ends. The framework makes a key at every start and would write it into the home
/// folder; nothing the server gives out is protected with one. Thread-safe.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _elements = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _elements.Select(element => new XElement(element))];
        }
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _elements.Add(new XElement(element));
        }
    }
}
