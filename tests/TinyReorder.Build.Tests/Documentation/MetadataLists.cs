using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TinyReorder.Tests.Harness;

/// <summary>The places that list the metadata of the item.</summary>
public static class MetadataLists
{
    /// <summary>The defaults, which every other list is held against.</summary>
    public static IReadOnlyList<string> OfProps() =>
        Load("build", "TinyReorder.Build.props").Descendants("ItemDefinitionGroup").Elements("TinyModel").Elements().Select(element => element.Name.LocalName)
            .ToList();

    /// <summary>The property pages of Visual Studio.</summary>
    public static IReadOnlyList<string> OfRule() =>
        Load("build", "TinyModel.xaml").Descendants().Where(element => element.Name.LocalName is "StringProperty" or "EnumProperty").Select(Name).ToList();

    /// <summary>Elements, or attributes, of the schema.</summary>
    public static IReadOnlyList<string> OfSchema(string kind) =>
        Load("build", "TinyModel.xsd").Descendants().Where(element => element.Name.LocalName == kind && Name(element) != "TinyModel").Select(Name).ToList();

    /// <summary>The first table below "Metadata" of the manual.</summary>
    public static IReadOnlyList<string> OfManual() => File.ReadLines(Repository.PathOf("docs", "msbuild.md"))
        .SkipWhile(line => line != "## Metadata").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => Regex.Matches(line.Split('|')[1], "`([A-Za-z]+)`").Select(match => match.Groups[1].Value)).ToList();

    /// <summary>What an untouched project is recognised by.</summary>
    public static IReadOnlyList<string> OfFingerprint() =>
        Regex.Matches(Load("build", "TinyReorder.Build.targets").Descendants("_TinyModelFingerprint").Single().Value, @"%\(([A-Za-z]+)\)")
            .Select(match => match.Groups[1].Value)
            .Except(["FullPath"]).ToList();

    /// <summary>What the task knows.</summary>
    public static IReadOnlyList<string> OfTask()
    {
        string source = File.ReadAllText(Repository.PathOf("src", "TinyReorder.Build", "MetadataNames.cs"));
        return Regex.Matches(Regex.Match(source, @"Known =\s*\[([^\]]*)\]").Groups[1].Value, "\"([A-Za-z]+)\"").Select(match => match.Groups[1].Value)
            .ToList();
    }

    private static XDocument Load(params string[] path) => XDocument.Load(Repository.PathOf(path));

    private static string Name(XElement element) => element.Attribute("Name")?.Value ?? element.Attribute("name")!.Value;
}
