using Gander.Commands;

return await CommandLine.RunAsync(args, Terminal.System);
