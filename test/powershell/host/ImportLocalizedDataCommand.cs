using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace PowerShellHost;

/// <summary>Import-LocalizedData of Microsoft.PowerShell.Utility: the culture's folder, its parents', then the base itself.</summary>
[Cmdlet(VerbsData.Import, "LocalizedData")]
public sealed class ImportLocalizedDataCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? BindingVariable { get; set; }

    [Parameter(Position = 1)]
    public string? UICulture { get; set; }

    [Parameter(Mandatory = true)]
    public string BaseDirectory { get; set; } = "";

    [Parameter(Mandatory = true)]
    public string FileName { get; set; } = "";

    protected override void ProcessRecord()
    {
        string? file = FindFile();
        if (file is null)
        {
            var missing = new PSInvalidOperationException($"Cannot find the Windows PowerShell data file '{FileName}' in directory '{BaseDirectory}'.");
            WriteError(new ErrorRecord(missing, "ImportLocalizedData", ErrorCategory.ObjectNotFound, FileName));
            return;
        }
        // A data file may hold data only; the engine's own check of that is the restricted language.
        var block = InvokeCommand.NewScriptBlock(File.ReadAllText(file));
        block.CheckRestrictedLanguage(new[] { "ConvertFrom-StringData" }, new[] { "PSUICulture", "PSCulture", "true", "false", "null" }, false);
        object result = block.InvokeReturnAsIs();
        if (BindingVariable is null) WriteObject(result);
        else SessionState.PSVariable.Set(BindingVariable, result is PSObject wrapped ? wrapped.BaseObject : result);
    }

    private string? FindFile()
    {
        var folders = new List<string>();
        for (var culture = UICulture is null ? CultureInfo.CurrentUICulture : new CultureInfo(UICulture);
            culture.Name.Length > 0; culture = culture.Parent)
            folders.Add(Path.Combine(BaseDirectory, culture.Name));
        folders.Add(BaseDirectory);
        string name = FileName.EndsWith(".psd1", System.StringComparison.OrdinalIgnoreCase) ? FileName : FileName + ".psd1";
        foreach (string folder in folders)
        {
            if (File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);
        }
        return null;
    }
}
