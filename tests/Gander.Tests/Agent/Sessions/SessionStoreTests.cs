using System.Text;
using System.Text.Json;
using CsCheck;
using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Gander.Tests.Agent.Loop;
using Gander.Tests.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Sessions;

public sealed class SessionStoreTests : IDisposable
{
    private static readonly Gen<AIContent> Part = Gen.OneOf<AIContent>(
        Gen.String.Select(text => (AIContent)new TextContent(text)),
        Gen.Select(Gen.String, Gen.String[1, 20]).Select(both => (AIContent)new TextReasoningContent(both.Item1) { ProtectedData = both.Item2 }),
        Gen.Byte.Array.Select(bytes => (AIContent)new DataContent(bytes, "image/png")),
        Gen.Select(Gen.String[1, 9], Gen.String[1, 9], Gen.String).Select(call => (AIContent)new FunctionCallContent(call.Item1, call.Item2, new Dictionary<string, object?> { ["a"] = call.Item3, ["n"] = 3 })),
        Gen.Select(Gen.String[1, 9], Gen.String, Gen.Bool).Select(result => (AIContent)ToolMessages.Content(result.Item1, new ToolResult(result.Item2, result.Item3) { ErrorType = result.Item3 ? "tool_error" : null, StructuredContent = JsonElement.Parse("""{"exit_code":3}""") })));

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new("2026-03-02T23:59Z");
    private readonly SessionStore _store;

    public SessionStoreTests() => _store = SessionStore.Open(_folder.FullPath, _time);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Ids_count_from_one_every_day_over_all_processes()
    {
        using var other = SessionStore.Open(_folder.FullPath, _time);

        string[] ids = [_store.NextId(), other.NextId(), _store.NextId()];
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["20260302_1", "20260302_2", "20260302_3"], ids);
        Assert.Equal("20260303_1", other.NextId());
    }

    [Fact]
    public void Any_message_can_be_read_back() => Part.Array[1, 5].Sample(
        parts =>
        {
            var before = new ChatMessage(ChatRole.Assistant, [.. parts]);

            var after = new ChatMessage(ChatRole.Assistant, MessageJson.Read(MessageJson.Contents(before)));

            Assert.Equal(MessageJson.Contents(before), MessageJson.Contents(after));
            Assert.Equal(Bench.Lines([before]), Bench.Lines([after]));
        },
        iter: 300);

    [Fact]
    public void Messages_come_back_in_order_with_who_made_them()
    {
        _store.Create("s", null, "/work");
        _store.Append("s", new SessionMessage("1", _time.GetUtcNow(), new ChatMessage(ChatRole.User, "Hi")));
        _store.Append("s", new SessionMessage("2", _time.GetUtcNow(), new ChatMessage(ChatRole.Assistant, "Hello")) { Provider = "openai", Model = "gpt-4o", UserVisible = false });

        var messages = _store.Messages("s");

        Assert.Equal(["1", "2"], messages.Select(message => message.Id));
        Assert.Equal(("openai", "gpt-4o", false, true), (messages[1].Provider, messages[1].Model, messages[1].UserVisible, messages[1].AgentVisible));
        Assert.Equal(ChatRole.Assistant, messages[1].Content.Role);
    }

    [Fact]
    public void The_ledger_adds_up_for_every_session()
    {
        _store.Create("a", "first", "/work");
        _store.Create("b", null, "/work");
        _store.Record("a", Call(new ModelUsage(100, 10, 60, 5, 2), 0.5m));
        _store.Record("a", Call(new ModelUsage(200, 20), null));
        _store.Record("a", Call(null, null));

        var (a, b) = (_store.Find("a")!, _store.Find("b")!);

        Assert.Equal((new ModelUsage(300, 30, 60, 5, 2), 0.5m), (a.Usage, a.CostUsd));
        Assert.Equal((default, null), (b.Usage, b.CostUsd));
    }

    [Fact]
    public void Sessions_are_found_by_id_by_name_and_by_their_last_use()
    {
        foreach (var (id, name) in new[] { ("a", "same"), ("b", "same"), ("c", "other") })
        {
            _store.Create(id, name, "/work");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _store.Append("a", new SessionMessage("1", _time.GetUtcNow(), new ChatMessage(ChatRole.User, "Hi")));

        Assert.Equal(["a", "c", "b"], _store.List().Select(session => session.Id));
        Assert.Equal("a", _store.FindByName("same")!.Id);
        Assert.Equal("c", _store.Find("c")!.Id);
        Assert.Null(_store.Find("d"));
        Assert.Equal("a", Assert.Single(_store.List(limit: 1)).Id);
    }

    [Fact]
    public void A_given_name_stays_and_a_title_fills_a_gap()
    {
        _store.Create("a", "mine", "/work");
        _store.Create("b", null, "/work");

        _store.Rename("a", "title", onlyIfUnnamed: true);
        _store.Rename("b", "title", onlyIfUnnamed: true);

        Assert.Equal(["mine", "title"], [_store.Find("a")!.Name, _store.Find("b")!.Name]);
        _store.Rename("a", "other");
        Assert.Equal("other", _store.Find("a")!.Name);
    }

    [Fact]
    public void A_removed_session_leaves_nothing()
    {
        _store.Create("a", null, "/work");
        _store.Append("a", new SessionMessage("1", _time.GetUtcNow(), new ChatMessage(ChatRole.User, "secret words")));
        _store.Record("a", Call(new ModelUsage(1, 1), null));

        Assert.True(_store.Remove("a"));

        Assert.False(_store.Remove("a"));
        Assert.Empty(_store.List());
        Assert.Empty(_store.Messages("a"));
    }

    [Fact]
    public void The_file_belongs_to_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are Unix");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Combine("sessions.db")));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_not_touched()
    {
        _store.Dispose();
        using (var file = new FileStream(_folder.Combine("sessions.db"), FileMode.Open))
        {
            // SQLite keeps user_version at offset 60 of the header.
            file.Position = 60;
            file.Write([0, 0, 0, 99]);
        }

        File.Delete(_folder.Combine("sessions.db-wal"));
        var mistake = Assert.Throws<SessionStoreException>(() => SessionStore.Open(_folder.FullPath));

        Assert.Contains("newer version", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_with_the_way_out()
    {
        var file = _folder.Write("file", "");

        var mistake = Assert.Throws<SessionStoreException>(() => SessionStore.Open(Path.Combine(file, "below")));

        Assert.Contains("--no-session", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_program_holds_is_told_by_every_method_with_what_to_do()
    {
        _store.Create("a", null, "/work");
        using var impatient = SessionStore.Open(_folder.FullPath, _time, lockSeconds: 1);
        using var other = Raw();
        Execute(other, "BEGIN IMMEDIATE");

        Action[] uses = [() => impatient.NextId(), () => impatient.Remove("a"), () => impatient.Compact("a", Message("1"), [])];

        foreach (var use in uses)
        {
            var mistake = Assert.Throws<SessionStoreException>(use);
            Assert.Contains(_folder.Combine("sessions.db"), mistake.Message, StringComparison.Ordinal);
            Assert.Contains("another program holds the file locked", mistake.Message, StringComparison.Ordinal);
        }

        Execute(other, "ROLLBACK");
        impatient.Compact("a", Message("1"), []);
        Assert.Single(_store.Messages("a"));
    }

    [Fact]
    public void A_damaged_file_is_told_with_what_to_do()
    {
        _store.Create("a", null, "/work");
        _store.Append("a", Message("1"));
        using (var other = Raw())
        {
            Execute(other, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        _store.Dispose();
        using (var file = new FileStream(_folder.Combine("sessions.db"), FileMode.Open))
        {
            file.Position = 4_096;
            file.Write(Enumerable.Repeat((byte)0xee, (int)file.Length - 4_096).ToArray());
        }

        Action[] uses = [() => Reopened(store => store.NextId()), () => Reopened(store => store.Messages("a")), () => Reopened(store => store.List()), () => Reopened(store => store.Remove("a"))];

        Assert.All(uses, use => Assert.Contains("the file is damaged. Move it away (mv '", Assert.Throws<SessionStoreException>(use).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE messages SET content_json = '[{\"type\":\"te'")]
    [InlineData("UPDATE messages SET content_json = '[{\"type\":\"image\",\"data\":\"%%\"}]'")]
    [InlineData("UPDATE messages SET content_json = '[{\"type\":\"toolResponse\"}]'")]
    [InlineData("UPDATE messages SET content_json = '[1]'")]
    [InlineData("UPDATE messages SET content_json = '{}'")]
    [InlineData("UPDATE messages SET created_ms = 9000000000000000000")]
    [InlineData("UPDATE messages SET role = ''")]
    public void A_damaged_row_names_its_session_and_how_to_be_rid_of_it(string sql)
    {
        _store.Create("a", null, "/work");
        _store.Append("a", Message("1"));
        using (var other = Raw())
        {
            Execute(other, sql);
        }

        var mistake = Assert.Throws<SessionStoreException>(() => _store.Messages("a"));

        Assert.Contains("session remove --session-id a", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_was_removed_while_it_ran_is_told()
    {
        var mistake = Assert.Throws<SessionStoreException>(() => _store.Append("gone", Message("1")));

        Assert.Contains("no longer there", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "may write both")]
    [InlineData(8, "may write both")]
    [InlineData(10, "does not read or write")]
    [InlineData(13, "Make room")]
    [InlineData(14, "may write both")]
    [InlineData(1, "no such table")]
    public void What_SQLite_reports_is_told_with_what_to_do(int code, string words) =>
        Assert.Contains(words, StoreProblem.Of(new SqliteException("no such table", code), "/x/sessions.db").Message, StringComparison.Ordinal);

    [Fact]
    public void Exported_messages_have_the_form_of_goose()
    {
        var message = new SessionMessage("m", DateTimeOffset.FromUnixTimeSeconds(5), new ChatMessage(ChatRole.Tool, [ToolMessages.Content("c", new ToolResult("out", isError: true))]));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            MessageJson.Write(writer, message);
        }

        Assert.Equal(
            """{"id":"m","role":"user","created":5,"content":[{"type":"toolResponse","id":"c","toolResult":{"status":"success","value":{"content":[{"type":"text","text":"out"}],"isError":true}}}],"metadata":{"userVisible":true,"agentVisible":true}}""",
            Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static ModelCall Call(ModelUsage? usage, decimal? cost) =>
        new(ModelCallPurpose.Reply, "openai", "gpt-4o", null, null, "stop", usage, cost, DateTimeOffset.UnixEpoch, null, TimeSpan.FromSeconds(1));

    private SessionMessage Message(string id) => new(id, _time.GetUtcNow(), new ChatMessage(ChatRole.User, "Hi"));

    private SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={_folder.Combine("sessions.db")};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private void Reopened(Action<SessionStore> use)
    {
        using var store = SessionStore.Open(_folder.FullPath, _time);
        use(store);
    }
}
