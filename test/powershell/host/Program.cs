// PowerShell's own engine for the tests, where no pwsh is installed: powershell-host -File script.ps1 [arguments].
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace PowerShellHost;

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        string? file = null;
        var rest = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            if (file is not null) rest.Add(args[i]);
            else if (IsOption(args[i], "File")) file = args[++i];
            else if (!IsOption(args[i], "NoProfile") && !IsOption(args[i], "NonInteractive"))
            {
                Console.Error.WriteLine($"Unknown option {args[i]}.");
                return 2;
            }
        }
        if (file is null)
        {
            Console.Error.WriteLine("Expected -File and a script.");
            return 2;
        }
        return Run(file, rest);
    }

    private static bool IsOption(string argument, string name) =>
        argument.Equals("-" + name, StringComparison.OrdinalIgnoreCase);

    private static int Run(string file, IReadOnlyList<string> arguments)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        foreach (var type in typeof(Program).Assembly.GetTypes())
        {
            if (Attribute.GetCustomAttribute(type, typeof(CmdletAttribute)) is CmdletAttribute { VerbName: var verb, NounName: var noun })
                state.Commands.Add(new SessionStateCmdletEntry($"{verb}-{noun}", type, null));
        }
        var host = new TestHost();
        using var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddCommand(file);
        // As pwsh -File binds them: a word that begins with a dash names a parameter.
        for (int i = 0; i < arguments.Count; i++)
        {
            bool isName = arguments[i].StartsWith('-') && arguments[i].Length > 1;
            if (!isName) shell.AddArgument(arguments[i]);
            else if (i + 1 < arguments.Count) shell.AddParameter(arguments[i][1..], arguments[++i]);
            else shell.AddParameter(arguments[i][1..]);
        }
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException error)
        {
            Console.Error.WriteLine(error.ErrorRecord.Exception.Message + Environment.NewLine + error.ErrorRecord.ScriptStackTrace);
            return 1;
        }
        return host.ExitCode;
    }
}
