using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Branched int8 models that an interpreter can run, with variables and control flow in some of them.</summary>
internal static class RandomModels
{
    /// <summary>The model of <paramref name="seed"/>: plain ones at even seeds, ones with state or control flow at odd seeds.</summary>
    public static ModelBuilder Create(ulong seed)
    {
        var random = new Pcg32(seed);
        var model = new ModelBuilder(seed);
        var layers = new RandomLayers(model, random);
        for (int inputs = random.Between(1, 3); inputs > 0; inputs--)
            layers.AddInput();
        int operators = random.Between(3, 40);
        bool hasState = seed % 2 == 1;
        ModelTensor? condition = hasState && random.OneIn(2) ? model.Input("condition", [1], TensorType.Bool) : null;
        ModelTensor? counter = hasState && random.OneIn(3) ? model.Input("counter", [1], TensorType.Int32) : null;
        bool hasResource = hasState && random.OneIn(2);
        if (hasResource)
            layers.AddInitialization();
        while (model.Operators.Count < operators)
        {
            if (condition is not null && random.OneIn(6))
                AddIf(model, layers, random, condition);
            else if (counter is not null && random.OneIn(6))
                AddWhile(model, layers, random, counter);
            else if (hasResource && random.OneIn(6))
                layers.AddResourceUpdate();
            else if (hasState && random.OneIn(8))
                layers.AddSvdf();
            else
                layers.Add();
        }
        layers.AddOutputs(random.Between(1, 3));
        return model;
    }

    private static void AddIf(ModelBuilder model, RandomLayers layers, Pcg32 random, ModelTensor condition)
    {
        ModelTensor x = layers.Pick();
        model.Output(model.If(condition, Branch(model, random, "then", x), Branch(model, random, "else", x), x)[0]);
    }

    private static SubgraphBuilder Branch(ModelBuilder model, Pcg32 random, string name, ModelTensor like)
    {
        SubgraphBuilder branch = model.Subgraph(name);
        var layers = new RandomLayers(branch, random);
        ModelTensor x = branch.Input("x", like.Shape);
        layers.Know(x);
        for (int operators = random.Between(0, 5); operators > 0; operators--)
            layers.Add();
        if (random.OneIn(3))
            layers.AddSvdf();
        branch.Output(branch.Add(x, branch.Relu(x)));
        return branch;
    }

    private static void AddWhile(ModelBuilder model, RandomLayers layers, Pcg32 random, ModelTensor counter)
    {
        ModelTensor x = layers.Pick();
        SubgraphBuilder condition = model.Subgraph("condition"), body = model.Subgraph("body");
        ModelTensor seen = condition.Input("counter", [1], TensorType.Int32);
        condition.Input("x", x.Shape);
        ModelTensor less = condition.Tensor("less", [1], TensorType.Bool);
        condition.Operator("LESS", [seen, condition.Int32s("most", 3)], [less]);
        condition.Output(less);

        ModelTensor count = body.Input("counter", [1], TensorType.Int32), value = body.Input("x", x.Shape);
        var inside = new RandomLayers(body, random);
        inside.Know(value);
        for (int operators = random.Between(0, 5); operators > 0; operators--)
            inside.Add();
        ModelTensor next = body.Add(count, body.Int32s("one", 1));
        body.Output(next, body.Add(value, body.Relu(value)));
        layers.Know(model.While(condition, body, counter, x)[1]);
    }
}
