namespace Gander.Load.Sending;

/// <summary>One export request, ready to send.</summary>
/// <param name="Index">Its number in the run, from 0.</param>
/// <param name="FirstRecord">The number of its first record; the others follow.</param>
/// <param name="Records">Records in it.</param>
/// <param name="TimeNanos">When its records happened, Unix nanoseconds; 0 where that is not known.</param>
/// <param name="Path">The request path for HTTP, or the gRPC method.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Encoding">The compression's name, or null.</param>
/// <param name="Bytes">The body as it goes over the wire, for gRPC without the frame.</param>
/// <param name="PlainLength">Bytes before compression.</param>
internal sealed record ExportBody(
    long Index, long FirstRecord, int Records, long TimeNanos, string Path, string ContentType, string? Encoding, byte[] Bytes, int PlainLength);
