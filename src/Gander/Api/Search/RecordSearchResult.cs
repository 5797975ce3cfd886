using Gander.Api.Parameters;

namespace Gander.Api.Search;

/// <summary>A search as far as it could be read, and what was wrong with the rest.</summary>
/// <param name="Search">The search; every part that was wrong is left out.</param>
/// <param name="Problems">What was wrong, in the order of the parameters; empty when all was understood.</param>
public sealed record RecordSearchResult(RecordSearch Search, IReadOnlyList<ParameterProblem> Problems);
