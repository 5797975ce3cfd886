namespace Gander.Stores;

/// <summary>When a series has points, as far as the store knows without reading any.</summary>
/// <param name="FirstNanos">Time of the earliest point, or <see cref="long.MaxValue"/> when there is none.</param>
/// <param name="LastNanos">Time of the latest point, or <see cref="long.MinValue"/> when there is none.</param>
/// <param name="HasParallelStreams">
/// Whether cumulative points came from streams that ran at the same time: several processes that send the same series. Never
/// goes back to false; false where start times were not sent.
/// </param>
public readonly record struct SeriesActivity(long FirstNanos, long LastNanos, bool HasParallelStreams);
