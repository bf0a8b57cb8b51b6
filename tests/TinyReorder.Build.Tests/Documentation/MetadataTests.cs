using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Documentation;

public class MetadataTests
{
    [Fact]
    public void Defaults_property_pages_schema_manual_and_fingerprint_list_the_same_metadata()
    {
        string[] expected = MetadataLists.OfProps().Order().ToArray();
        Assert.True(expected.Length >= 19 && expected.Distinct().Count() == expected.Length);
        Assert.Equal(expected, MetadataLists.OfRule().Order());
        Assert.Equal(expected, MetadataLists.OfSchema("element").Order());
        Assert.Equal(expected, MetadataLists.OfSchema("attribute").Order());
        Assert.Equal(expected, MetadataLists.OfManual().Order());
        Assert.Equal(expected, MetadataLists.OfFingerprint().Order());
        Assert.Equal(expected, MetadataLists.OfTask().Order());
    }

    [Fact]
    public void Property_pages_describe_each_property_in_a_category_that_exists()
    {
        XDocument rules = XDocument.Load(Repository.PathOf("build", "TinyModel.xaml"));
        string[] categories = rules.Descendants().Where(element => element.Name.LocalName == "Category").Select(element => element.Attribute("Name")!.Value)
            .ToArray();
        foreach (XElement property in rules.Descendants().Where(element => element.Name.LocalName.EndsWith("Property", StringComparison.Ordinal)))
        {
            Assert.Contains(property.Attribute("Category")!.Value, categories);
            Assert.EndsWith(".", property.Attribute("Description")!.Value);
        }
        Assert.Equal("TinyModel", rules.Descendants().Single(element => element.Name.LocalName == "DataSource").Attribute("ItemType")!.Value);
    }

    [Theory]
    [InlineData("""<TinyModel Include="kws.tflite" Board="esp32" Plan="$(MyPlan)" Strict="true" />""", true)]
    [InlineData("""<TinyModel Include="kws.tflite"><ArenaGroup>audio</ArenaGroup><Board>esp32</Board></TinyModel>""", true)]
    [InlineData("""<TinyModel Include="kws.tflite" Bord="esp32" />""", false)]
    [InlineData("""<TinyModel Include="kws.tflite"><Bord>esp32</Bord></TinyModel>""", false)]
    public void The_schema_takes_metadata_and_nothing_that_is_misspelt(string item, bool isValid)
    {
        var faults = new List<string>();
        var schemas = new XmlSchemaSet { XmlResolver = new CoreSchema() };
        schemas.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        schemas.Add(null, Repository.PathOf("build", "TinyModel.xsd"));
        XDocument.Parse($"""<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">{item}</Project>""").Validate(schemas, (_, fault) => faults.Add(fault.Message));
        Assert.True(isValid == (faults.Count == 0), string.Join("\n", faults));
    }

    /// <summary>As much of the schema that Visual Studio has for MSBuild as ours builds on.</summary>
    private sealed class CoreSchema : XmlUrlResolver
    {
        private const string Text = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:msb="http://schemas.microsoft.com/developer/msbuild/2003"
                       targetNamespace="http://schemas.microsoft.com/developer/msbuild/2003" elementFormDefault="qualified">
              <xs:element name="Item" type="msb:SimpleItemType" abstract="true" />
              <xs:complexType name="SimpleItemType"><xs:attribute name="Include" type="xs:string" /></xs:complexType>
              <xs:element name="Project"><xs:complexType><xs:sequence><xs:element ref="msb:Item" maxOccurs="unbounded" /></xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """;

        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            absoluteUri.AbsolutePath.EndsWith("Microsoft.Build.Core.xsd", StringComparison.Ordinal)
                ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Text))
                : base.GetEntity(absoluteUri, role, ofObjectToReturn);
    }
}
