using TinyReorder.CompareBuilds;
using TinyReorder.CompareBuilds.Running;

return args is [HostedTool.HostArgument, var assembly]
    ? ToolHost.Serve(assembly)
    : await CompareBuildsCommand.RunAsync(args, Console.Out, Console.Error);
