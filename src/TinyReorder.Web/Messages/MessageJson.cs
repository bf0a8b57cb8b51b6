using System.Text.Json.Serialization;

namespace TinyReorder.Web.Messages;

/// <summary>The messages as JSON, by code that the compiler generates: nothing looks at types while the page runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Catalog))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(MadeFile))]
internal sealed partial class MessageJson : JsonSerializerContext;
