using Gander.Commands.Chat;

namespace Gander.Tests.Commands.Chat;

/// <summary>A text being typed.</summary>
public sealed class LineBufferTests
{
    private readonly LineBuffer _buffer = new();

    [Fact]
    public void Characters_go_in_where_the_person_is()
    {
        _buffer.Insert("ac");
        _buffer.Left();
        _buffer.Insert("b");
        _buffer.End();
        _buffer.Insert("🦆");
        _buffer.Left();
        _buffer.Insert("d");
        _buffer.Right();
        _buffer.Backspace();

        Assert.Equal(("abcd", 4), (_buffer.Text, _buffer.Position));
    }

    [Fact]
    public void Words_and_lines_are_taken_away_as_a_shell_does()
    {
        _buffer.Insert("first line\nsecond line here");
        _buffer.DeleteWord();
        Assert.Equal("first line\nsecond line ", _buffer.Text);
        _buffer.WordLeft();
        _buffer.DeleteToLineEnd();
        Assert.Equal("first line\nsecond ", _buffer.Text);
        _buffer.DeleteToLineStart();
        Assert.Equal("first line\n", _buffer.Text);
        _buffer.Up();
        _buffer.End();
        _buffer.DeleteToLineEnd();
        Assert.Equal("first line", _buffer.Text);
    }

    [Fact]
    public void Up_and_down_keep_the_column_and_stop_at_the_ends()
    {
        _buffer.Insert("long line\nab\nanother");
        Assert.False(_buffer.Down());
        Assert.True(_buffer.Up());
        Assert.Equal("long line\nab".Length, _buffer.Position);
        Assert.True(_buffer.Up());
        Assert.Equal(2, _buffer.Position);
        Assert.False(_buffer.Up());
        Assert.True(_buffer.Down());
        Assert.Equal("long line\nab".Length, _buffer.Position);
    }

    [Fact]
    public void Random_keys_never_leave_the_text()
    {
        var random = new Random(11);
        Action[] keys =
        [
            () => _buffer.Insert("a b"), () => _buffer.Insert("\n"), () => _buffer.Insert("🦆"), _buffer.Backspace, _buffer.Delete, _buffer.DeleteWord, _buffer.DeleteToLineEnd,
            _buffer.DeleteToLineStart, _buffer.Left, _buffer.Right, _buffer.WordLeft, _buffer.WordRight, _buffer.Home, _buffer.End, () => _buffer.Up(), () => _buffer.Down(),
        ];
        for (var i = 0; i < 50_000; i++)
        {
            keys[random.Next(keys.Length)]();

            Assert.InRange(_buffer.Position, 0, _buffer.Text.Length);
            if (_buffer.Text.Length > 200)
            {
                _buffer.Set("");
            }
        }
    }
}
