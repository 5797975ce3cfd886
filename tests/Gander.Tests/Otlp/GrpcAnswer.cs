namespace Gander.Tests.Otlp;

/// <summary>How a call ended, and the message it answered with.</summary>
internal sealed record GrpcAnswer(int Status, string Text, byte[] Details, byte[] Message)
{
    public const int Ok = 0;
    public const int InvalidArgument = 3;
    public const int ResourceExhausted = 8;
    public const int Unimplemented = 12;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    public bool HasRetryInfo => TransportCases.Mentions(Details, "google.rpc.RetryInfo");
}
