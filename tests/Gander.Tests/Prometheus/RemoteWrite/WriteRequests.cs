using System.Net.Http.Headers;
using Gander.Tests.Otlp;
using Snappier;

namespace Gander.Tests.Prometheus.RemoteWrite;

/// <summary>Writes remote write requests field by field, from the published definitions of both versions.</summary>
internal static class WriteRequests
{
    public const string TypeOne = "application/x-protobuf";
    public const string TypeTwo = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    /// <summary>2026-03-10T12:00Z in milliseconds.</summary>
    public const long Noon = 1_773_144_000_000;

    public static byte[] One(params Wire[] series)
    {
        var request = new Wire();
        foreach (var one in series)
        {
            request.Message(1, one);
        }

        return request.Bytes;
    }

    /// <summary>A series of version 1; labels are written as <c>name=value</c>.</summary>
    public static Wire Series(string[] labels, params (double Value, long Millis)[] samples)
    {
        var series = Labels(new Wire(), labels);
        foreach (var (value, millis) in samples)
        {
            series.Message(2, Sample(value, millis));
        }

        return series;
    }

    public static Wire Labels(Wire owner, params string[] labels)
    {
        foreach (var label in labels)
        {
            var parts = label.Split('=', 2);
            owner.Message(1, new Wire().Text(1, parts[0]).Text(2, parts[1]));
        }

        return owner;
    }

    public static Wire Sample(double value, long millis) => new Wire().Double(1, value).Varint(2, (ulong)millis);

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static Wire Span(int offset, int length) => new Wire().Varint(1, ZigZag(offset)).Varint(2, (ulong)length);

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] body, string? type = TypeOne, string? encoding = "snappy", string? token = null, bool isPacked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/write") { Content = new ByteArrayContent(isPacked ? body : Snappy.CompressToArray(body)) };
        if (type is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
