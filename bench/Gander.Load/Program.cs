using System.CommandLine;
using Gander.Load.Commands;

var root = new RootCommand("Sends coding-agent telemetry over OTLP and measures the server that takes it.") { new LoadCommand(), new ReplayCommand() };
return await root.Parse(args).InvokeAsync();
