// .NET runs here, so that the page stays free while a model is planned.
'use strict';

// Without it .NET takes a worker for one of its own threads.
globalThis.dotnetSidecar = true;

const started = (async () => {
  const { dotnet } = await import('./_framework/dotnet.js');
  const { getAssemblyExports } = await dotnet.create();
  return (await getAssemblyExports('TinyReorder.Web.dll')).TinyReorder.Web.Engine;
})();

const calls = {
  start: () => ({}),
  catalog: engine => JSON.parse(engine.Catalog()),
  plan: (engine, { bytes, question }) => JSON.parse(engine.Plan(bytes, JSON.stringify(question))),
  file(engine, { kind }) {
    const made = JSON.parse(engine.MakeFile(kind));
    return made.name ? { ...made, bytes: engine.TakeFile() } : made;
  },
};

self.addEventListener('message', async ({ data }) => {
  try {
    const result = calls[data.call](await started, data);
    self.postMessage({ id: data.id, result }, result.bytes ? [result.bytes.buffer] : []);
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
});
