using Gander.Tests.Otlp;

namespace Gander.Tests.Prometheus.RemoteWrite;

/// <summary>The symbols of a version 2 request, numbered as they are used.</summary>
internal sealed class SymbolTable
{
    private readonly List<string> _symbols = [""];

    public ulong this[string text]
    {
        get
        {
            var index = _symbols.IndexOf(text);
            if (index < 0)
            {
                index = _symbols.Count;
                _symbols.Add(text);
            }

            return (ulong)index;
        }
    }

    /// <summary>Label references; labels are written as <c>name=value</c>.</summary>
    public Wire Labels(params string[] labels) =>
        new Wire().Packed(1, labels.SelectMany(label => label.Split('=', 2)).Select(text => this[text]), isFixed: false);

    public byte[] Request(params Wire[] series)
    {
        var request = new Wire();
        foreach (var symbol in _symbols)
        {
            request.Field(4, System.Text.Encoding.UTF8.GetBytes(symbol));
        }

        foreach (var one in series)
        {
            request.Message(5, one);
        }

        return request.Bytes;
    }
}
