using System.Runtime.InteropServices;
using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>The error texts of failed calls by their template. Not thread-safe.</summary>
internal sealed class ToolErrors
{
    /// <summary>Templates that are told apart; calls with further ones count together.</summary>
    public const int MaxTemplates = 500;

    private readonly Dictionary<string, ToolError> _byTemplate = new(StringComparer.Ordinal);

    /// <summary>Failed calls whose text is unknown.</summary>
    public int Untold { get; private set; }

    /// <summary>Failed calls whose text is known and counts for no template, because there are <see cref="MaxTemplates"/> others.</summary>
    public int Beyond { get; private set; }

    /// <summary>How many templates there are.</summary>
    public int Count => _byTemplate.Count;

    /// <summary>The templates, most calls first.</summary>
    public IEnumerable<ToolError> All => _byTemplate.Values.OrderByDescending(error => error.Count).ThenBy(error => error.Template, StringComparer.Ordinal);

    /// <summary>Adds a failed call.</summary>
    public void Add(SessionCalls session, in SessionCall call)
    {
        var template = ErrorTemplate.Of(call.Error);
        if (template.Length == 0)
        {
            Untold++;
            return;
        }

        ref var error = ref CollectionsMarshal.GetValueRefOrNullRef(_byTemplate, template);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref error))
        {
            error = error.With(session, call);
        }
        else if (_byTemplate.Count < MaxTemplates)
        {
            _byTemplate.Add(template, ToolError.Of(template, session, call));
        }
        else
        {
            Beyond++;
        }
    }
}
