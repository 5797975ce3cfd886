using System.CommandLine;
using Gander.Load.Commands;

var root = new RootCommand("Sends coding-agent telemetry and measures the server that takes it.")
{
    new LoadCommand(), new ReplayCommand(), new RemoteWriteCommand(), new CompareCommand(), new AskCommand(),
};
return await root.Parse(args).InvokeAsync();
