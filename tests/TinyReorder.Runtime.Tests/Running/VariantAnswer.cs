using TinyReorder.Tests.Runtime.Models;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>What a runtime answers to a form of a model.</summary>
internal sealed record VariantAnswer(ModelVariant Variant, ModelAnswer Answer);
