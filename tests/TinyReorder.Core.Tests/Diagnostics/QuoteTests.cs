using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.Diagnostics;

public class QuoteTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Conv1/Relu;größe 😀", "Conv1/Relu;größe 😀")]
    [InlineData("a\r\nb\tc\u001b[31m", "a??b?c?[31m")]
    [InlineData("a\u2028b\u2029c\u202Ed\u0085e", "a?b?c?d?e")]
    public void Text_stays_on_one_line(string text, string quoted) => Assert.Equal(quoted, Quote.Text(text));

    [Fact]
    public void Half_a_surrogate_pair_is_no_character()
    {
        Assert.Equal("half ? pair", Quote.Text("half \ud83d pair"));
        Assert.Equal("?", Quote.Text("\ude00"));
    }

    [Fact]
    public void Text_is_cut_but_not_inside_a_pair()
    {
        Assert.Equal(new string('x', 80), Quote.Text(new string('x', 80)));
        Assert.Equal(new string('x', 80) + "…", Quote.Text(new string('x', 81)));
        Assert.Equal(new string('x', 79) + "?…", Quote.Text(new string('x', 79) + "😀"));
    }

    [Fact]
    public void A_list_shows_eight_numbers_at_most()
    {
        Assert.Equal("[]", Quote.List([]));
        Assert.Equal("[-1, 8, 8, 4]", Quote.List([-1, 8, 8, 4]));
        Assert.Equal("[1, 2, 3, 4, 5, 6, 7, 8, … 1,000 in all]", Quote.List(Enumerable.Range(1, 1000).ToArray()));
    }
}
