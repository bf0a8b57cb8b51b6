using System.Text.Json;
using TinyReorder.Json;

namespace TinyReorder.Tests.Json;

/// <summary>The bytes of what is written: scripts and golden files compare them.</summary>
public class JsonOutputTests
{
    private const string Name = "a\"b\\<é>\n\u007f##vso[x]::😀\ud800";

    [Fact]
    public void Each_object_of_an_array_has_a_line_and_texts_may_stand_in_a_script_element() => Assert.Equal(
        """
        {"n":-12,"none":null,"all":[1,-2],"in":{"yes":true},"items":[
        {"text":"a\"b\\\u003c\u00e9\u003e\u000a\u007f#\u0023vso[x]:\u003a\ud83d\ude00\ufffd","deeper":[
        {"i":1},
        {"i":2}]},
        {"text":"","deeper":[]}]}

        """.ReplaceLineEndings("\n"),
        JsonOutput.Of(json =>
        {
            WriteHead(json);
            json.WriteObjects("items", new[] { (Name, 2), ("", 0) }, static (item, value) =>
            {
                item.WriteText("text", value.Item1);
                item.WriteObjects("deeper", Enumerable.Range(1, value.Item2), static (deep, i) => deep.WriteNumber("i", i));
            });
        }));

    [Fact]
    public void Indented_for_people_it_keeps_angle_brackets_and_is_ASCII() => Assert.Equal(
        """
        {
          "n": -12,
          "none": null,
          "all": [1, -2],
          "in": {
            "yes": true
          },
          "items": [
            {
              "text": "a\"b\\<\u00e9>\n\u007F#\u0023vso[x]:\u003a\uD83D\uDE00\uFFFD"
            }
          ]
        }

        """.ReplaceLineEndings("\n"),
        JsonOutput.OfIndented(json =>
        {
            WriteHead(json);
            json.WriteObjects("items", [Name], static (item, value) => item.WriteString("text", value));
        }));

    private static void WriteHead(Utf8JsonWriter json)
    {
        json.WriteNumber("n", -12);
        json.WriteNumberOrNull("none", null);
        json.WriteNumbers("all", [1, -2]);
        json.WriteObject("in", () => json.WriteBoolean("yes", true));
    }
}
