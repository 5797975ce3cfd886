namespace Gander.Stores;

/// <summary>How much of each record a read brings. Prompts and tool texts are 85 % of all bytes: lists never read them.</summary>
public enum RecordDetail
{
    /// <summary>Ids, times, names, status, resource, scope and promoted attributes.</summary>
    Columns,

    /// <summary>The above and all other attributes but the long texts; no events and links; log bodies cut to 256 bytes.</summary>
    Attributes,

    /// <summary>Everything that was written.</summary>
    Everything,
}
