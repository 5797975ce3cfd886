using System.IO.Compression;
using System.Text;
using Gander.Commands.Imports;
using Gander.Hosting;
using Gander.Telemetry;
using ZstdSharp;

namespace Gander.Tests.Commands.Imports;

public sealed class ImportFilesTests : IDisposable
{
    private const string Traces = """{"resourceSpans":[]}""";
    private const string Logs = """{"resourceLogs":[]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("gander-import-").FullName;
    private readonly List<ImportProblem> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("exports.json")]
    [InlineData("exports.jsonl")]
    [InlineData("exports.ndjson")]
    public async Task Json_lines_are_one_body_each_with_their_line(string name)
    {
        var file = Write(name, $"{Traces}\n\n{Logs}\r\n");

        var bodies = await ReadAsync(file);

        Assert.Equal([($"{file}:1", Signal.Traces), ($"{file}:3", Signal.Logs)], bodies.Select(body => (body.Place, body.Signal)));
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_document_for_people_is_one_body()
    {
        var bodies = await ReadAsync(Write("export.json", "{\n  \"resourceSpans\": [\n  ]\n}\n"));

        Assert.Equal(Signal.Traces, Assert.Single(bodies).Signal);
    }

    [Fact]
    public async Task A_document_that_is_not_otlp_is_a_mistake_when_named_and_passed_over_when_found()
    {
        var file = Write("manifest.json", "{\n \"format\": 1\n}\n");

        Assert.Empty(await ReadAsync(file, isNamed: false));
        Assert.Empty(_problems);
        Assert.Empty(await ReadAsync(file));
        Assert.Equal(file, Assert.Single(_problems).Place);
    }

    [Fact]
    public async Task A_bad_line_is_reported_with_its_number_and_the_others_are_read()
    {
        var file = Write("exports.jsonl", $"{Traces}\nnonsense\n{{\"a\":1}}\n{Logs}\n");

        var bodies = await ReadAsync(file);

        Assert.Equal(2, bodies.Count);
        Assert.Equal([$"{file}:2", $"{file}:3"], _problems.Select(problem => problem.Place));
    }

    [Fact]
    public async Task A_line_over_the_limit_is_reported_and_not_held_in_memory()
    {
        var file = Write("exports.jsonl", $"{new string('x', 500_000)}\n{Logs}");

        var bodies = await ReadAsync(file, maxBodyBytes: 1_000);

        Assert.Equal($"{file}:2", Assert.Single(bodies).Place);
        Assert.Equal($"{file}:1", Assert.Single(_problems).Place);
    }

    [Fact]
    public async Task Packed_files_are_unpacked_up_to_the_limit()
    {
        var gzip = Write("a-logs.jsonl.gz", Gzip(Encoding.UTF8.GetBytes(Logs)));
        using var compressor = new Compressor();
        var zstd = Write("b.json.zst", compressor.Wrap(Encoding.UTF8.GetBytes(Traces)).ToArray());
        var bomb = Write("c-traces.pb.gz", Gzip(new byte[100_000]));

        Assert.Equal(Signal.Logs, Assert.Single(await ReadAsync(gzip)).Signal);
        Assert.Equal(Signal.Traces, Assert.Single(await ReadAsync(zstd)).Signal);
        Assert.Empty(await ReadAsync(bomb, maxBodyBytes: 10_000));
        Assert.Equal(bomb, Assert.Single(_problems).Place);
    }

    [Fact]
    public async Task A_file_that_is_not_packed_as_it_says_is_reported()
    {
        var file = Write("a.jsonl.gz", Logs);

        Assert.Empty(await ReadAsync(file));
        Assert.StartsWith("the file cannot be read", Assert.Single(_problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_counts_the_bytes_of_the_files_as_they_lie_there()
    {
        var file = Write("a.jsonl.gz", Gzip(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Logs, 1_000)))));
        var read = 0L;

        await ReadAsync(file, onRead: bytes => read += bytes);

        Assert.Equal(new FileInfo(file).Length, read);
    }

    [Fact]
    public void Folders_are_searched_for_what_can_be_imported()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        foreach (var name in new[] { "sub/b.pb.zst", "a.json", "c.txt", "d.gz" })
        {
            Write(name, "");
        }

        Assert.Equal(["a.json", "b.pb.zst"], ImportFiles.Find([_folder, Path.Combine(_folder, "a.json")]).Select(file => file.Info.Name));
        Assert.Throws<StartException>(() => ImportFiles.Find([Path.Combine(_folder, "absent.json")]));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private async Task<List<ImportBody>> ReadAsync(string file, int maxBodyBytes = 1 << 20, Action<long>? onRead = null, bool isNamed = true)
    {
        var files = new ImportFiles(maxBodyBytes, onRead ?? (_ => { }));
        var bodies = new List<ImportBody>();
        await foreach (var body in files.ReadAsync(new ImportFile(new FileInfo(file), isNamed), _problems.Add, TestContext.Current.CancellationToken))
        {
            bodies.Add(body);
        }

        return bodies;
    }
}
