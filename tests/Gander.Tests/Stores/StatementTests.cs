using System.Text;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Queries;
using Gander.Storage.DuckDb.Records;
using Gander.Storage.DuckDb.Sessions;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>
/// The statements that tables are made with and that conditions become, against golden files. After a change that is meant,
/// run with GANDER_UPDATE_GOLDEN=1 and read the difference.
/// </summary>
public sealed class StatementTests
{
    [Fact]
    public void Tables_are_made_as_the_golden_file_says()
    {
        using var spans = new SpanTable();
        using var logs = new LogTable();

        IsGolden(
            "tables.sql",
            [
                spans.CreateTable("f").Replace(", ", ",\n  ", StringComparison.Ordinal),
                logs.CreateTable("f").Replace(", ", ",\n  ", StringComparison.Ordinal),
                FileSchema.CreateExports("f"),
                $"CREATE TABLE f.resources {SharedRows.CreateResources}",
                $"CREATE TABLE f.scopes {SharedRows.CreateScopes}",
            ]);
    }

    [Fact]
    public void Conditions_become_what_the_golden_file_says()
    {
        RecordField[] fields =
        [
            new RecordField.OfRecord("k", OrResource: false), new RecordField.OfRecord("session.id"), new RecordField.OfRecord("gen_ai.tool.name", OrResource: false),
            new RecordField.OfRecord("gen_ai.usage.input_tokens", OrResource: false), new RecordField.OfRecord("output", OrResource: false), new RecordField.OfResource("k"),
            new RecordField.Name(), new RecordField.ScopeName(), new RecordField.DurationNanos(), new RecordField.Body(), new RecordField.Trace(), new RecordField.Parent(),
        ];

        IsGolden(
            "conditions.sql",
            from field in fields
            from comparison in Enum.GetValues<RecordOperator>()
            from value in new[] { AttributeValue.Of("a'b%"), AttributeValue.Of(5L), AttributeValue.Of(0.5) }
            where comparison is not (RecordOperator.Present or RecordOperator.Absent) || value.Kind == AttributeKind.String
            let filter = ConditionCompiler.Compile(field is RecordField.Body ? Signal.Logs : Signal.Traces, [new RecordCondition(field, comparison, value)])
            select $"-- {field} {comparison} {value.Kind}, {filter.Values.Count} values\n{filter.For("f")}");
    }

    [Fact]
    public void Questions_about_usage_become_what_the_golden_file_says() =>
        IsGolden(
            "usage.sql",
            [
                UsageTable.Create("f"),
                UsageTable.Select("f", new UsageQuery(new TimeRange(1, 2), Enum.GetValues<UsageDimension>()), new SqlValues()),
                UsageTable.Select(
                    "f",
                    new UsageQuery(new TimeRange(1, 2), [], MaxGroups: 3) { Agent = "a", Status = "s", Model = "m", Provider = "p", Tool = "t", Host = "h", Repository = "r", Project = "j", Session = "k" },
                    new SqlValues()),
                UsageTable.SelectRows("f", "agent = $1", 5),
            ]);

    private static void IsGolden(string name, IEnumerable<string> statements)
    {
        var path = SourceTree.FullPath($"tests/golden/sql/{name}");
        var text = new StringBuilder().AppendJoin(";\n\n", statements).Append(";\n").ToString();
        if (Environment.GetEnvironmentVariable("GANDER_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
