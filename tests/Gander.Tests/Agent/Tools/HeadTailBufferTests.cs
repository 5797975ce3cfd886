using System.Text;
using CsCheck;
using Gander.Agent.Tools.Processes;

namespace Gander.Tests.Agent.Tools;

/// <summary>How long outputs are kept in little memory.</summary>
public sealed class HeadTailBufferTests
{
    [Fact]
    public void Up_to_its_limit_it_keeps_everything() =>
        Gen.Select(Gen.Byte[32, 126].Array[0, 40].List[0, 8], Gen.Int[1, 400]).Sample((chunks, limit) =>
        {
            var all = chunks.SelectMany(chunk => chunk).ToArray();
            var buffer = new HeadTailBuffer(Math.Max(2, Math.Max(limit, all.Length)));
            chunks.ForEach(chunk => buffer.Append(chunk));

            return buffer.ToText() == Encoding.UTF8.GetString(all) && buffer.Total == all.Length;
        });

    [Fact]
    public void Beyond_it_both_ends_are_kept_whatever_the_pieces() =>
        Gen.Select(Gen.Byte[97, 122].Array[1, 90].List[4, 20], Gen.Int[2, 120]).Sample((chunks, limit) =>
        {
            var all = chunks.SelectMany(chunk => chunk).ToArray();
            var buffer = new HeadTailBuffer(limit);
            chunks.ForEach(chunk => buffer.Append(chunk));
            if (all.Length <= limit)
            {
                return true;
            }

            var text = buffer.ToText();
            var head = Encoding.UTF8.GetString(all.AsSpan(0, limit - limit / 2));
            var tail = Encoding.UTF8.GetString(all.AsSpan(all.Length - limit / 2));
            return text == $"{head}\n[... {all.Length - limit:N0} bytes in 0 lines left out ...]\n{tail}";
        });

    [Fact]
    public void It_cuts_between_lines_and_counts_those_it_left_out()
    {
        var buffer = new HeadTailBuffer(20);

        buffer.Append("one\ntwo\nthree\nfour\nfive\nsix\nseven\n"u8);

        Assert.Equal("one\ntwo\n[... 20 bytes in 4 lines left out ...]\nseven\n", buffer.ToText());
    }

    [Fact]
    public void It_never_cuts_a_character_in_two()
    {
        var text = string.Concat(Enumerable.Repeat("🦆ü", 200));
        for (var limit = 2; limit < 40; limit++)
        {
            var buffer = new HeadTailBuffer(limit);

            buffer.Append(Encoding.UTF8.GetBytes(text));

            Assert.DoesNotContain('\ufffd', buffer.ToText());
        }
    }
}
