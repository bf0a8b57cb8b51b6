using System.Reflection;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Documentation;

public class DiagnosticPagesTests
{
    private static readonly string Pages = Repository.PathOf("docs", "diagnostics");

    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code() =>
        Assert.Equal(Codes().Order(), Directory.GetFiles(Pages, "TINY*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Fact]
    public void Every_page_tells_cause_example_and_cure_and_stands_in_the_list()
    {
        string list = File.ReadAllText(Path.Combine(Pages, "README.md"));
        foreach (string code in Codes())
        {
            string[] lines = File.ReadAllLines(Path.Combine(Pages, code + ".md"));
            Assert.StartsWith($"# {code}: ", lines[0]);
            Assert.Equal(["## Cause", "## Example", "## Cure"], lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
            Assert.Contains($"| [{code}]({code}.md) | {lines[0][(code.Length + 4)..]} |", list);
        }
    }

    [Fact]
    public void TreatWarningsAsErrors_promotes_every_code()
    {
        string promoted = System.Xml.Linq.XDocument.Load(Repository.PathOf("build", "TinyReorder.Build.targets")).Descendants("_TinyModelCodes").First().Value;
        Assert.Equal(Codes().Order(),
            promoted.Split(';', StringSplitOptions.TrimEntries).Where(code => code.StartsWith("TINY", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_code_is_asserted_by_a_test_outside_of_this_folder()
    {
        string tests = string.Concat(Directory.GetFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/") && !file.Contains("/Documentation/")).Select(File.ReadAllText));
        Assert.Empty(Constants()
            .Where(constant => !tests.Contains((string)constant.GetRawConstantValue()!) && !tests.Contains("DiagnosticCodes." + constant.Name))
            .Select(constant => constant.Name));
    }

    private static FieldInfo[] Constants() => typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static List<string> Codes() =>
        Constants().Select(field => (string)field.GetRawConstantValue()!).ToList();
}
