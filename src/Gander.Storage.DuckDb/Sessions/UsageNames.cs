using System.Text;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>Numbers names, so that what is compared for each row is a number. The empty name, which stands for none, is 0. Not thread-safe.</summary>
internal sealed class UsageNames
{
    private const int MaxStackChars = 512;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _names = [""];

    /// <summary>The name of a number; null for none.</summary>
    public string? this[int number] => number == 0 ? null : _names[number];

    /// <summary>The number of a name in UTF-8.</summary>
    public int Of(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        var characters = name.Length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[name.Length];
        return Of(characters[..Encoding.UTF8.GetChars(name, characters)]);
    }

    /// <summary>The number of a name.</summary>
    public int Of(ReadOnlySpan<char> name)
    {
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!numbers.TryGetValue(name, out var number))
        {
            number = _names.Count;
            _names.Add(name.ToString());
            _numbers.Add(_names[number], number);
        }

        return number;
    }
}
