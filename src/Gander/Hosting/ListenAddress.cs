using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gander.Hosting;

/// <summary>
/// Where a listener listens: an IP address, <c>localhost</c> or <c>*</c> (every address), and a port; port 0 takes a free one.
/// Host names are not resolved, because what one resolves to can change to an address that strangers reach.
/// </summary>
public sealed record ListenAddress : IParsable<ListenAddress>
{
    private ListenAddress(string host, IPAddress address, int port) => (Host, Address, Port) = (host, address, port);

    /// <summary>The host as it was written, without brackets.</summary>
    public string Host { get; }

    /// <summary>The address to bind.</summary>
    public IPAddress Address { get; }

    /// <summary>The port, 0 to 65,535.</summary>
    public int Port { get; }

    /// <summary>Whether only programs on this machine reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Whether it takes connections to any address of this machine.</summary>
    public bool IsAny => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Reads <c>HOST:PORT</c>.</summary>
    /// <exception cref="FormatException">It is no such address; the message says what is.</exception>
    public static ListenAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException($"'{s}' is no HOST:PORT with an IP address, localhost or *, such as 127.0.0.1:4318");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ListenAddress result)
    {
        result = null;
        var colon = s?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(s.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = s![..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            // Without brackets nobody can tell where an IPv6 address ends and the port begins.
            return false;
        }

        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            // Where there is IPv6, its any-address takes connections over both.
            "*" => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
            _ => IPAddress.TryParse(host, out var parsed) ? parsed : null,
        };
        result = address is null ? null : new ListenAddress(host, address, port);
        return result is not null;
    }

    /// <summary>The URL of this address when the real port is <paramref name="port"/>; of <c>*</c> and the like, the loopback one.</summary>
    public Uri Url(string scheme, int port)
    {
        var host = IsAny ? "127.0.0.1" : Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}"));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
