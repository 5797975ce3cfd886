using System.IO.Pipelines;

namespace Gander.Otlp;

/// <summary>A body that is about to be read.</summary>
/// <param name="Reader">Where from, up to its end.</param>
/// <param name="Length">Its length as sent, where the sender said it.</param>
/// <param name="Coding">Its compression.</param>
/// <param name="IsJson">OTLP/JSON, else protobuf.</param>
internal readonly record struct IncomingBody(PipeReader Reader, long? Length, ContentCoding Coding, bool IsJson);
