using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Notices a model that makes the same call over and over.</summary>
internal sealed class ToolRepetitions(int? limit)
{
    private string _last = "";
    private int _count;

    /// <summary>How often a call may be made in a row.</summary>
    public int Limit => limit ?? int.MaxValue;

    /// <summary>Counts a call, and tells whether it is one too many.</summary>
    public bool Exceeds(FunctionCallContent call)
    {
        if (limit is null)
        {
            return false;
        }

        var text = $"{call.Name} {JsonArguments.Text(call.Arguments)}";
        _count = text == _last ? _count + 1 : 1;
        _last = text;
        return _count > limit;
    }
}
