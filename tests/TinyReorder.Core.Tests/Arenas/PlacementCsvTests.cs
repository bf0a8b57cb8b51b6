using TinyReorder.Arenas;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.Arenas;

public class PlacementCsvTests
{
    [Fact]
    public void Columns_may_stand_in_any_order_among_others()
    {
        IReadOnlyList<MinimallocBuffer> buffers = MinimallocCsv.Read("size,ID,gaps,upper,lower\r\n4,\"b,\"\"1\",x,3,0\r\n\r\n8,b2,,21,9\r\n");
        Assert.Equal([new("b,\"1", new(0, 4, 0, 2), null), new("b2", new(1, 8, 9, 20), null)], buffers);
    }

    [Theory]
    [InlineData("id,lower,upper,size,offset\na,0,1,4,0")]
    [InlineData("id,lower,upper,size,offset\ra,0,1,4,0\r")]
    [InlineData("\r\n\nid,lower,upper,size,offset\r\n\r\n\"a\",0,1,4,\"0\"")]
    [InlineData("\"offset\",id,lower,upper,\"size\"\n0,a,0,1,4\n\n")]
    public void Lines_end_in_any_way_and_the_last_one_in_none(string csv) => Assert.Equal([new("a", new(0, 4, 0, 0), 0)], MinimallocCsv.Read(csv));

    [Fact]
    public void Offsets_are_written_where_all_are_known()
    {
        List<MinimallocBuffer> buffers = [new("a", new(0, 4, 0, 0), 16), new("b", new(1, 4, 0, 0), null)];
        Assert.Equal("id,lower,upper,size\na,0,1,4\nb,0,1,4\n", MinimallocCsv.Write(buffers));
        Assert.Equal("id,lower,upper,size\n", MinimallocCsv.Write([]));
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        List<MinimallocBuffer> buffers = [new("a", new(0, 4, -2, 2), 8), new("b \"x\",y", new(1, 12, 0, 0), 0)];
        string csv = MinimallocCsv.Write(buffers);
        Assert.StartsWith("id,lower,upper,size,offset\na,-2,3,4,8\n", csv);
        Assert.Equal(buffers, MinimallocCsv.Read(csv));
        List<MinimallocBuffer> open = buffers.ConvertAll(buffer => buffer with { OffsetBytes = null });
        Assert.Equal(open, MinimallocCsv.Read(MinimallocCsv.Write(open)));
        Assert.Empty(MinimallocCsv.Read(MinimallocCsv.Write([])));
    }

    [Theory]
    [InlineData("", "line 1: there is no header")]
    [InlineData("id,lower,upper\n", "'size'")]
    [InlineData("id,lower,upper,size,size\n", "'size'")]
    [InlineData("id,lower,upper,size\na,0,1,4\nb,0,1\n", "line 3")]
    [InlineData("id,lower,upper,size\n\"a\nb\",0,1,4\nb,0,1,\n", "line 4")]
    [InlineData("id,lower,upper,size\na,0,1,4\n\nb,0,1,4.5\n", "line 4")]
    [InlineData("id,lower,upper,size\na,0,1,0\n", "line 2")]
    [InlineData("id,lower,upper,size\na,5,5,1\n", "line 2")]
    [InlineData("id,lower,upper,size\na,5,99999999999,1\n", "line 2")]
    [InlineData("id,lower,upper,size\na,2147483647,2147483648,1\n", "line 2")]
    [InlineData("id,lower,upper,size\na,0,1,99999999999999999999\n", "line 2")]
    [InlineData("id,lower,upper,size,offset\na,0,1,1,-1\n", "line 2")]
    [InlineData("id,lower,upper,size\na,0,1,1\na,0,1,1\n", "line 3")]
    [InlineData("id,lower,upper,size\n\"a,0,1,1\n", "line 2: a quoted field does not end")]
    [InlineData("id,lower,upper,size\n\"a\"\"", "line 2: a quoted field does not end")]
    [InlineData("id,lower,upper,size\ra,0,1,1\r\nb,0,1", "line 3")]
    [InlineData("id,lower,upper,size\n\"a\"b,0,1,1\n", "line 2: a quoted field is followed by 'b'")]
    public void A_bad_row_is_named_by_its_line(string csv, string named)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => MinimallocCsv.Read(csv, "x.csv")).Diagnostic;
        Assert.Equal((DiagnosticCodes.BadBufferFile, "x.csv"), (diagnostic.Code, diagnostic.File));
        Assert.Contains(named, diagnostic.Message);
    }
}
