using System.Runtime.InteropServices;
using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>The error texts of failed calls by their template. Not thread-safe.</summary>
internal sealed class ToolErrors
{
    /// <summary>Templates that are told apart; later ones count together.</summary>
    public const int MaxTemplates = 500;

    private readonly Dictionary<string, ToolError> _byTemplate = new(StringComparer.Ordinal);

    /// <summary>Failed calls whose text is unknown.</summary>
    public int Untold { get; private set; }

    /// <summary>Failed calls beyond <see cref="MaxTemplates"/>.</summary>
    public int Others { get; private set; }

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
            Others++;
        }
    }
}
