using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

/// <summary>The reader at its limits: the last byte that it may read and the first that it may not.</summary>
public class FlatBufferReaderTests
{
    [Fact]
    public void Numbers_are_little_endian()
    {
        var reader = new FlatBufferReader([0x81, 0x92, 0xA3, 0xB4, 0xC5, 0xD6, 0xE7, 0xF8]);

        Assert.Equal(0x92, reader.ReadByte(1));
        Assert.Equal(0x9281, reader.ReadUInt16(0));
        Assert.Equal(0xF8E7, reader.ReadUInt16(6));
        Assert.Equal(0xB4A39281, reader.ReadUInt32(0));
        Assert.Equal(unchecked((int)0xF8E7D6C5), reader.ReadInt32(4));
        Assert.Equal(0xF8E7D6C5B4A39281, reader.ReadUInt64(0));
    }

    [Fact]
    public void Each_number_may_end_with_the_file_and_not_behind_it()
    {
        var reader = new FlatBufferReader(new byte[8]);
        (int Width, Action<long> Read)[] reads =
            [(1, at => reader.ReadByte(at)), (2, at => reader.ReadUInt16(at)), (4, at => reader.ReadUInt32(at)), (4, at => reader.ReadInt32(at)),
                (8, at => reader.ReadUInt64(at))];
        foreach ((int width, Action<long> read) in reads)
        {
            read(0);
            read(8 - width);
            Assert.Throws<FlatBufferException>(() => read(-1));
            Assert.Throws<FlatBufferException>(() => read(9 - width));
            Assert.Throws<FlatBufferException>(() => read(long.MaxValue));
        }
    }

    [Theory]
    [InlineData(8, 4, 4, 12, null)]
    [InlineData(8, 6, 4, 14, null)]
    [InlineData(8, 4, 8, 16, null)]
    [InlineData(8, 2, 4, 16, "the vtable at byte 4 says that it is 2 bytes long")]
    [InlineData(8, 5, 4, 16, "the vtable at byte 4 says that it is 5 bytes long")]
    [InlineData(8, 4, 3, 16, "says that its table is 3 bytes long")]
    [InlineData(8, 14, 4, 16, "outside of the file")]
    [InlineData(8, 4, 9, 16, "outside of the file")]
    public void A_table_and_its_vtable_lie_inside_the_file(int table, int vtableBytes, int tableBytes, int fileBytes, string? fault)
    {
        byte[] file = new byte[fileBytes];
        BitConverter.TryWriteBytes(file.AsSpan(4), (ushort)vtableBytes);
        BitConverter.TryWriteBytes(file.AsSpan(6), (ushort)tableBytes);
        BitConverter.TryWriteBytes(file.AsSpan(table), table - 4);

        if (fault is null)
            Assert.Equal((table, (vtableBytes - 4) / 2),
                (new FlatBufferReader(file).Table(table).Position, new FlatBufferReader(file).Table(table).SlotCount));
        else
            Assert.Contains(fault, Assert.Throws<FlatBufferException>(() => new FlatBufferReader(file).Table(table)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -1)]
    [InlineData(4, 12)]
    [InlineData(7, 15)]
    [InlineData(8, -1)]
    public void A_field_lies_behind_the_link_to_the_vtable_and_inside_its_table(ushort offset, int expected)
    {
        byte[] file = new byte[16];
        BitConverter.TryWriteBytes(file.AsSpan(2), (ushort)6);
        BitConverter.TryWriteBytes(file.AsSpan(4), (ushort)8);
        BitConverter.TryWriteBytes(file.AsSpan(6), offset);
        BitConverter.TryWriteBytes(file.AsSpan(8), 6);
        FlatTable table = new FlatBufferReader(file).Table(8);

        Assert.Equal(0, table.Field(1));
        if (expected >= 0)
            Assert.Equal(expected, table.Field(0));
        else
            Assert.Throws<FlatBufferException>(() => table.Field(0));
    }

    [Fact]
    public void An_offset_leads_forward_and_to_four_bytes_inside_the_file()
    {
        byte[] file = new byte[12];
        BitConverter.TryWriteBytes(file.AsSpan(4), 4);
        var reader = new FlatBufferReader(file);

        Assert.Equal(8, reader.Follow(4));
        Assert.Equal(5, reader.Behind(4, 1));
        Assert.Throws<FlatBufferException>(() => reader.Behind(4, 0));
        Assert.Throws<FlatBufferException>(() => reader.Behind(4, 5));
        Assert.Throws<FlatBufferException>(() => reader.Behind(4, uint.MaxValue));
    }

    [Theory]
    [InlineData(2, 4, true)]
    [InlineData(8, 1, true)]
    [InlineData(9, 1, false)]
    [InlineData(3, 4, false)]
    [InlineData(0, 8, true)]
    public void A_vector_may_end_with_the_file_and_not_behind_it(int length, int elementBytes, bool fits)
    {
        byte[] file = new byte[16];
        file[4] = (byte)length;
        var reader = new FlatBufferReader(file);
        if (!fits)
        {
            Assert.Throws<FlatBufferException>(() => reader.Vector(4, elementBytes));
            return;
        }
        FlatVector vector = reader.Vector(4, elementBytes);
        Assert.Equal((4, length, 8, 8 + (length * elementBytes), 8 + elementBytes),
            (vector.Position, vector.Length, vector.Start, vector.End, vector.Slot(1)));
    }

    [Fact]
    public void A_length_that_would_overflow_is_too_long()
    {
        byte[] file = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
        Assert.Throws<FlatBufferException>(() => new FlatBufferReader(file).Vector(0, 1));
        file = [0, 0, 0, 0x40, 0, 0, 0, 0];
        Assert.Throws<FlatBufferException>(() => new FlatBufferReader(file).Vector(0, 4));
    }

    [Fact]
    public void Elements_are_paid_for_until_four_a_byte_and_65536_are_spent()
    {
        var reader = new FlatBufferReader(new byte[10]);
        reader.Charge(65_536 + 39);
        reader.Charge(1);
        Assert.Throws<FlatBufferException>(() => reader.Charge(1));
    }

    /// <summary>The rows that a file may be charged for are counted wherever elements are copied.</summary>
    [Fact]
    public void What_is_copied_is_paid_for()
    {
        byte[] file = new byte[8];
        file[0] = 1;
        (Func<FlatBufferReader, object> Copy, long Cost)[] copies =
            [(r => r.Vector(0, 4).ToInt32Array(), 1), (r => r.Vector(0, 4).ToSingleArray(), 1), (r => r.Text(0), 1)];
        foreach ((Func<FlatBufferReader, object> copy, long cost) in copies)
        {
            var reader = new FlatBufferReader(file);
            reader.Charge(65_536 + 32 - cost);
            copy(reader);
            Assert.Throws<FlatBufferException>(() => copy(reader));
        }
    }

    [Fact]
    public void Elements_are_read_in_their_order()
    {
        byte[] file = [2, 0, 0, 0, 0, 0, 128, 63, 1, 0, 0, 192];
        FlatVector vector = new FlatBufferReader(file).Vector(0, 4);
        Assert.Equal([0x3F800000, unchecked((int)0xC0000001)], vector.ToInt32Array());
        Assert.Equal([1f, -2.0000002f], vector.ToSingleArray());
        Assert.Equal("κa", new FlatBufferReader([3, 0, 0, 0, 0xCE, 0xBA, 0x61, 0x62]).Text(0));
    }

    [Theory]
    [InlineData(0, 8, false)]
    [InlineData(0, 9, true)]
    [InlineData(8, 1, true)]
    [InlineData(15, 1, true)]
    [InlineData(16, 4, false)]
    [InlineData(16, 5, true)]
    [InlineData(19, 1, false)]
    [InlineData(27, 1, true)]
    [InlineData(28, 4, false)]
    [InlineData(32, 1, true)]
    [InlineData(39, 9, true)]
    [InlineData(40, 9, false)]
    [InlineData(12, 0, true)]
    public void Reads_of_listed_bytes_are_noticed(long start, long count, bool noticed)
    {
        var reader = new FlatBufferReader(new byte[64]) { OperatorLists = [(8, 16), (20, 28), (32, 40)] };
        reader.IsReadingOperatorLists = true;
        reader.Touch(start, count);
        Assert.False(reader.OperatorListsAreShared);
        reader.IsReadingOperatorLists = false;
        reader.Touch(start, count);
        Assert.Equal(noticed, reader.OperatorListsAreShared);
        reader.Touch(60, 1);
        reader.Touch(start, count);
        Assert.Equal(noticed, reader.OperatorListsAreShared);
    }

    [Fact]
    public void Every_kind_of_read_is_noticed()
    {
        byte[] file = new byte[16];
        FlatBufferReader Reader(long start, long end) => new(file) { OperatorLists = [(start, end)] };
        FlatBufferReader reader = Reader(5, 6);
        reader.ReadUInt16(4);
        Assert.True(reader.OperatorListsAreShared);
        reader = Reader(8, 9);
        reader.ReadUInt32(4);
        Assert.False(reader.OperatorListsAreShared);

        // A vector of four elements at 0 reads up to 8.
        file[0] = 4;
        reader = Reader(8, 16);
        reader.Vector(0, 1);
        Assert.False(reader.OperatorListsAreShared);
        reader.Vector(0, 2);
        Assert.True(reader.OperatorListsAreShared);
    }
}
