using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Work;

namespace TinyReorder.Tests.Work;

public class WorkModelReaderTests
{
    private const string Good = """
        {"schema": 1, "id": "mine", "kernels": ["k"], "measured": "m", "interpreter": {"rates": {"call": 1}, "source": "s"},
         "other": {"rates": {"call": 2.5}, "source": "s"}, "operators": {"ADD": [
          {"types": ["int8"], "when": ["broadcast"], "rates": {"outputs": 3e1}, "source": "s"}]}}
        """;

    [Fact]
    public void A_file_of_rates_is_read()
    {
        WorkModel model = Read(Good);

        WorkRule rule = Assert.Single(model.Rules["ADD"]);
        Assert.Equal((WorkTrait.Broadcast, "s"), (rule.Traits, rule.Rates.Source));
        Assert.Equal([(WorkQuantity.Outputs, 30d)], rule.Rates.Rates);
    }

    [Theory]
    [InlineData("\"measured\"", "\"mesured\"", "$.mesured is not known")]
    [InlineData("\"outputs\"", "\"output\"", "$.operators.ADD[0].rates.output is not known")]
    [InlineData("\"broadcast\"", "\"wide\"", "$.operators.ADD[0].when[0] is not known")]
    [InlineData("\"int8\"", "\"int9\"", "$.operators.ADD[0].types[0] is not known")]
    [InlineData("3e1", "-1", "$.operators.ADD[0].rates.outputs must be a number from 0")]
    [InlineData("3e1", "1e999", "$.operators.ADD[0].rates.outputs must be a number from 0")]
    [InlineData("3e1", "\"3\"", "$.operators.ADD[0].rates.outputs must be a number")]
    [InlineData("\"schema\": 1", "\"schema\": 2", "$.schema must be a whole number")]
    [InlineData("\"kernels\"", "\"extends\": \"none\", \"kernels\"", "$.extends names the rates \"none\"")]
    [InlineData("\"other\"", "\"others\"", "$.others is not known")]
    public void A_bad_file_of_rates_is_one_diagnostic(string good, string bad, string message)
    {
        TinyReorderException e = Assert.Throws<TinyReorderException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Equal((DiagnosticCodes.BadProfileFile, "rates.json"), (e.Diagnostic.Code, e.Diagnostic.File));
        Assert.Contains(message, e.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_takes_what_it_does_not_say_from_the_one_that_it_extends()
    {
        const string Own = """
            {"schema": 1, "id": "own", "kernels": ["o"], "measured": "m", "extends": "mine",
             "operators": {"MUL": [{"rates": {"call": 1}, "source": "s"}]}}
            """;

        WorkModel model = WorkModelReader.Read(Encoding.UTF8.GetBytes(Own), "own.json", name => name == "mine" ? Encoding.UTF8.GetBytes(Good) : null);

        Assert.Equal(["ADD", "MUL"], model.Rules.Keys.OrderBy(kind => kind, StringComparer.Ordinal));
        Assert.Equal("own", model.Id);
    }

    private static WorkModel Read(string json) => WorkModelReader.Read(Encoding.UTF8.GetBytes(json), "rates.json", _ => null);
}
