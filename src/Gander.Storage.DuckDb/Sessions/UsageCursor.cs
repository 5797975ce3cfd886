using System.Text;
using Gander.Sessions;
using Gander.Sessions.Usage;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Goes over the rows, or the sums of the rows, of one session's usage after another, without making objects of them. Not
/// thread-safe.
/// </summary>
internal sealed class UsageCursor
{
    private const uint Changes = (1u << (int)UsageField.LinesAdded) | (1u << (int)UsageField.LinesRemoved) | (1u << (int)UsageField.Commits) | (1u << (int)UsageField.PullRequests);

    private readonly long[] _numbers = new long[UsageBytes.Fields];
    private byte[] _bytes = new byte[4_096];
    private (int Start, int Length)[] _texts = new (int, int)[64];
    private int _length;
    private int _at;
    private int _left;
    private int _sums;
    private int _sumsAt;

    /// <summary>Texts of the session; rows name them by their places.</summary>
    public int TextCount { get; private set; }

    /// <summary>The place of the name of the table of prices that was used.</summary>
    public int PriceTable { get; private set; }

    /// <summary>Whether there are sums to go over in the place of rows.</summary>
    public bool HasSums => _sums > 0;

    /// <summary>The row's hour, Unix nanoseconds.</summary>
    public long StartNanos { get; private set; }

    /// <summary>The place of the model's name.</summary>
    public int Model { get; private set; }

    /// <summary>The place of the provider's name.</summary>
    public int Provider { get; private set; }

    /// <summary>The place of the tool's name.</summary>
    public int Tool { get; private set; }

    /// <summary>Whether the agent reported what it cost.</summary>
    public bool IsReported { get; private set; }

    /// <summary>Whether the table of prices has it.</summary>
    public bool IsPriced { get; private set; }

    /// <summary>A bit for each number that is not zero, by <see cref="UsageField"/>.</summary>
    public uint Present { get; private set; }

    /// <summary>Whether the row says something of changes of code.</summary>
    public bool HasChanges => (Present & Changes) != 0;

    /// <summary>The numbers by <see cref="UsageField"/>, right where <see cref="Present"/> has its bit.</summary>
    public ReadOnlySpan<long> Numbers => _numbers;

    /// <summary>Takes the usage of a session, and stands before its first row.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public void Open(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length < bytes.Length)
        {
            _bytes = new byte[bytes.Length * 2];
        }

        bytes.CopyTo(_bytes);
        (_length, _at) = (bytes.Length, 1);
        if (bytes.IsEmpty || bytes[0] != UsageBytes.Version)
        {
            throw Damaged();
        }

        TextCount = Count(Read());
        if (_texts.Length < TextCount)
        {
            _texts = new (int, int)[TextCount * 2];
        }

        for (var i = 0; i < TextCount; i++)
        {
            var length = Count(Read());
            _texts[i] = (_at, length);
            _at += length;
        }

        PriceTable = Place();
        _sums = Count(Read());
        var sumsLength = Count(Read());
        _sumsAt = _at;
        _at += sumsLength;
        _left = Count(Read());
        StartNanos = 0;
    }

    /// <summary>Goes over the sums of the rows instead, which have neither hour nor names. Only right after <see cref="Open"/>.</summary>
    public void ToSums() => (_at, _left, StartNanos) = (_sumsAt, _sums, 0);

    /// <summary>A text of the session, as UTF-8; valid until the next is taken.</summary>
    public ReadOnlySpan<byte> Text(int place) => _bytes.AsSpan(_texts[place].Start, _texts[place].Length);

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public bool NextRow()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        StartNanos = unchecked(StartNanos + Signed(Read()));
        Model = Place();
        Provider = Place();
        Tool = Place();
        var flags = Read();
        IsReported = (flags & UsageBytes.Reported) != 0;
        IsPriced = (flags & UsageBytes.Priced) != 0;
        var present = flags >> UsageBytes.FieldShift;
        if (present >= 1UL << UsageBytes.Fields)
        {
            throw Damaged();
        }

        Present = (uint)present;
        for (var rest = Present; rest != 0; rest &= rest - 1)
        {
            _numbers[System.Numerics.BitOperations.TrailingZeroCount(rest)] = Signed(Read());
        }

        return true;
    }

    /// <summary>All texts of the session, by their places.</summary>
    public string[] Texts()
    {
        var texts = new string[TextCount];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(Text(i));
        }

        return texts;
    }

    /// <summary>All rows and the table of prices, as they were written.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public SessionUsage ReadAll(string key, ReadOnlySpan<byte> bytes)
    {
        Open(bytes);
        var texts = Texts();
        var rows = new List<UsageRow>(_left);
        while (NextRow())
        {
            rows.Add(Row(texts));
        }

        return new SessionUsage(key, texts[PriceTable], rows);
    }

    /// <summary>The row where it stands, with the texts of the session by their places.</summary>
    public UsageRow Row(IReadOnlyList<string> texts) => new UsageRow
        {
            StartNanos = StartNanos,
            Model = texts[Model],
            Provider = texts[Provider],
            Tool = texts[Tool],
            Band = (byte)Number(UsageField.Band),
            IsReported = IsReported,
            IsPriced = IsPriced,
            ReportedPicos = Number(UsageField.ReportedPicos),
            PricedPicos = Number(UsageField.PricedPicos),
            Tokens = new TokenUsage(Number(UsageField.Input), Number(UsageField.Output), Number(UsageField.CacheRead), Number(UsageField.CacheWrite), Number(UsageField.Reasoning))
            {
                CacheWriteFiveMinutes = Number(UsageField.CacheWriteFiveMinutes),
                CacheWriteOneHour = Number(UsageField.CacheWriteOneHour),
            },
            ModelCalls = (int)Number(UsageField.ModelCalls),
            ModelErrors = (int)Number(UsageField.ModelErrors),
            ToolCalls = (int)Number(UsageField.ToolCalls),
            ToolFailures = (int)Number(UsageField.ToolFailures),
            Turns = (int)Number(UsageField.Turns),
            LinesAdded = Number(UsageField.LinesAdded),
            LinesRemoved = Number(UsageField.LinesRemoved),
            Commits = Number(UsageField.Commits),
            PullRequests = Number(UsageField.PullRequests),
        };

    private long Number(UsageField field) => (Present & (1u << (int)field)) == 0 ? 0 : _numbers[(int)field];

    private int Place() => Read() is var place && place < (ulong)TextCount ? (int)place : throw Damaged();

    // Each entry takes a byte at least, so no damaged count can ask for more memory than there are bytes.
    private int Count(ulong count) => count <= (ulong)(_length - _at) ? (int)count : throw Damaged();

    private ulong Read()
    {
        var value = 0UL;
        for (var shift = 0; _at < _length && shift < 70; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static FormatException Damaged() => new("The usage of a session is damaged.");
}
