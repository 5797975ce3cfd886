using Gander.Hosting;
using Gander.Hosting.Identities;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Hosting.Identities;

public sealed class PseudonymsTests
{
    [Fact]
    public void A_name_has_the_same_pseudonym_for_as_long_as_the_folder_lives()
    {
        using var here = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();

        var first = Names(here.Path).Of("user", "ann");

        Assert.Matches("^user-[0-9a-f]{12}$", first);
        Assert.Equal(first, Names(here.Path).Of("user", "ann"));
        Assert.NotEqual(first, Names(here.Path).Of("user", "bob"));
        Assert.NotEqual(first?[5..], Names(here.Path).Of("host", "ann")?[5..]);
        Assert.NotEqual(first, Names(elsewhere.Path).Of("user", "ann"));
        Assert.Null(Names(here.Path).Of("user", null));
    }

    [Fact]
    public void Only_the_owner_may_read_the_key()
    {
        using var folder = new TemporaryFolder();

        Names(folder.Path).Of("user", "ann");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestServer.Mode(folder.File("pseudonyms.key")));
    }

    [Fact]
    public void A_key_that_cannot_be_read_now_is_told_and_never_replaced()
    {
        using var folder = new TemporaryFolder();
        var first = Names(folder.Path).Of("user", "ann");
        var names = Names(folder.Path);

        using (new FileStream(folder.File("pseudonyms.key"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var failure = Assert.Throws<StoreUnavailableException>(() => names.Of("user", "ann"));
            Assert.Contains("key cannot be read", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(first, names.Of("user", "ann"));
    }

    [Fact]
    public void A_damaged_key_is_told_and_never_replaced()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("pseudonyms.key"), "half");

        var failure = Assert.Throws<StoreUnavailableException>(() => Names(folder.Path).Of("user", "ann"));

        Assert.Contains("it has 4 bytes in the place of 32", failure.Message, StringComparison.Ordinal);
        Assert.Equal("half", File.ReadAllText(folder.File("pseudonyms.key")));
    }

    private static Pseudonyms Names(string path)
    {
        using var folder = DataFolder.Open(path);
        return new Pseudonyms(folder, new ServerOptions());
    }
}
