// ConvertFrom-Json and ConvertTo-Json of Microsoft.PowerShell.Utility, as far as the module and its tests use them.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PowerShellHost;

/// <summary>Objects become PSCustomObject; text in ISO 8601 with a time becomes DateTime, as in PowerShell 7.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> lines = new();

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => lines.Add(InputObject);

    protected override void EndProcessing()
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(string.Join('\n', lines)).RootElement;
        }
        catch (JsonException error)
        {
            var failure = new ArgumentException("Conversion from JSON failed with error: " + error.Message, error);
            ThrowTerminatingError(new ErrorRecord(failure, "JsonInvalid", ErrorCategory.InvalidArgument, null));
            return;
        }
        WriteObject(Convert(root), true);
    }

    private static object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.String => ConvertText(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long number) ? number : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ConvertObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
            result.Properties.Add(new PSNoteProperty(property.Name, Convert(property.Value)));
        return result;
    }

    private static object ConvertText(string text) =>
        IsoTime().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : text;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")]
    private static partial Regex IsoTime();
}

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> objects = new();

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    protected override void ProcessRecord() => objects.Add(InputObject);

    protected override void EndProcessing()
    {
        var node = Convert(objects.Count == 1 ? objects[0] : objects, Depth);
        WriteObject(node is null ? "null" : node.ToJsonString(new JsonSerializerOptions { WriteIndented = !Compress }));
    }

    /// <summary>What lies deeper than the depth becomes its text.</summary>
    private static JsonNode? Convert(object? value, int depth)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null: return null;
            case string text: return text;
            case bool truth: return truth;
            case Enum or int or long or byte or short or uint or ushort: return System.Convert.ToInt64(bare, CultureInfo.InvariantCulture);
            case double or float or decimal: return System.Convert.ToDouble(bare, CultureInfo.InvariantCulture);
            case DateTime time: return time.ToString("o", CultureInfo.InvariantCulture);
            case SwitchParameter present: return present.ToBool();
        }
        if (depth < 0) return LanguagePrimitives.ConvertTo<string>(bare);
        switch (bare)
        {
            case IDictionary dictionary:
                var members = new JsonObject();
                foreach (DictionaryEntry entry in dictionary) members[entry.Key.ToString()!] = Convert(entry.Value, depth - 1);
                return members;
            case IEnumerable items:
                return new JsonArray(items.Cast<object?>().Select(item => Convert(item, depth - 1)).ToArray());
        }
        var result = new JsonObject();
        foreach (var property in PSObject.AsPSObject(bare).Properties.Where(one => one.IsGettable))
            result[property.Name] = Convert(property.Value, depth - 1);
        return result;
    }
}
