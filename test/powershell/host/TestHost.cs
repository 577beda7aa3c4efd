using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace PowerShellHost;

/// <summary>What a test answers to the prompts of what it runs, and what it was asked.</summary>
public static class Answers
{
    private static readonly Queue<string> Queue = new();

    public static List<string> Asked { get; } = new();

    public static void Enqueue(string label) => Queue.Enqueue(label);

    internal static string Next(string question)
    {
        Asked.Add(question);
        return Queue.TryDequeue(out var answer) ? answer : throw new HostException($"Nobody is here to answer: {question}");
    }
}

internal sealed class TestHost : PSHost
{
    public int ExitCode { get; private set; }
    public override string Name => "powershell-host";
    public override Version Version { get; } = new(1, 0);
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override PSHostUserInterface UI { get; } = new TestUserInterface();
    public override CultureInfo CurrentCulture { get; } = Thread.CurrentThread.CurrentCulture;
    public override CultureInfo CurrentUICulture { get; } = Thread.CurrentThread.CurrentUICulture;
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}

/// <summary>Output on stdout, errors on stderr; prompts are answered from <see cref="Answers"/>.</summary>
internal sealed class TestUserInterface : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new TestRawUserInterface();
    public override bool SupportsVirtualTerminal => false;
    public override void Write(string value) => Console.Out.Write(value);
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) => Write(value);
    public override void WriteLine(string value) => Console.Out.WriteLine(value);
    public override void WriteErrorLine(string value) => Console.Error.WriteLine(value);
    public override void WriteDebugLine(string message) => Console.Out.WriteLine("DEBUG: " + message);
    public override void WriteVerboseLine(string message) => Console.Out.WriteLine("VERBOSE: " + message);
    public override void WriteWarningLine(string message) => Console.Out.WriteLine("WARNING: " + message);
    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        string answer = Answers.Next($"{caption}\n{message}");
        for (int i = 0; i < choices.Count; i++)
        {
            if (choices[i].Label.Contains("&" + answer, StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw new HostException($"No choice is called {answer}.");
    }

    public override string ReadLine() => Answers.Next("");
    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> fields) =>
        throw new HostException($"Nobody is here to answer: {caption} {message} {fields[0].Name}");
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();
}

/// <summary>A console of 120 columns, for the formatting of objects.</summary>
internal sealed class TestRawUserInterface : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override Coordinates CursorPosition { get; set; }
    public override Coordinates WindowPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override Size BufferSize { get; set; } = new(120, 9999);
    public override Size WindowSize { get; set; } = new(120, 50);
    public override Size MaxWindowSize => new(120, 50);
    public override Size MaxPhysicalWindowSize => new(120, 50);
    public override bool KeyAvailable => false;
    public override string WindowTitle { get; set; } = "";
    /// <summary>As on a console of CJK fonts: ideographs, kana and full-width forms take two columns.</summary>
    public override int LengthInBufferCells(char source) => source >= '\u1100' && source is not (>= '\uff61' and <= '\uff9f') ? 2 : 1;
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
