// Runs models in TensorFlow Lite (@tensorflow/tfjs-tflite) or LiteRT (@litertjs/core) and prints what they answer.
//
//   node run-models.cjs JOB.json
//
// JOB: { "packages": folder with both packages, "runs": [{ "engine": "tflite" | "litert", "model": path, "memory": byte, "inputs": [{ "seed", "percent" }], "invocations", "values": whether outputs are printed }] }
// One line of JSON for each run, in their order: { "answers": SHA-256 of all output bytes of each invocation, "bytes": output bytes of one, "values": all output bytes of each in base64, if asked for } or { "refusal": the runtime's own words }.
// Each input begins with a new interpreter; its invocations follow each other on that one, with inputs filled anew, so that state lives on. "memory" is what fresh memory holds:
// a runtime that does not write an output shows it by answering otherwise when that byte is another.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const loaded = {};

// The packages are made for browsers: one is an ES module by its package.json, though its file is none, and asks the browser for its cores.
globalThis.self ??= globalThis;
if (!globalThis.navigator)
  globalThis.navigator = { hardwareConcurrency: 1, language: 'C' };

const DirtyBytes = 8 << 20;

/** A fresh instance of the WebAssembly in the named file, so that a crash or a leak of one model does not reach the next. */
async function instance(file, memory, log) {
  if (!loaded[file]) {
    const holder = { exports: {} };
    const script = path.join(job.packages, file + '.js');
    vm.compileFunction(fs.readFileSync(script, 'utf8'), ['module', 'exports', 'require', '__filename', '__dirname'])(holder, holder.exports, require, script, path.dirname(script));
    loaded[file] = { factory: holder.exports, wasm: new WebAssembly.Module(fs.readFileSync(path.join(job.packages, file + '.wasm'))) };
  }
  const { factory, wasm } = loaded[file];
  const module = await factory({
    print: line => log.push(line),
    printErr: line => log.push(line),
    instantiateWasm: (imports, ready) => {
      const made = new WebAssembly.Instance(wasm, imports);
      ready(made, wasm);
      return made.exports;
    },
  });
  const dirty = module._malloc(DirtyBytes);
  module.HEAPU8.fill(memory, dirty, dirty + DirtyBytes);
  module._free(dirty);
  return module;
}

/** The type of a tensor with 1 for dimensions that the model leaves free, as converters mean it. */
function fixed(module, type) {
  const dimensions = type.layout().dimensions(), known = new module.VectorInt32();
  for (let i = 0; i < dimensions.size(); i++)
    known.push_back(Math.max(1, dimensions.get(i)));
  return module.LiteRtRankedTensorType.create({ value: type.elementType().value }, module.LiteRtLayout.create(known));
}

// Each engine: from a fresh instance with the file at `at`, how to begin a new interpreter; from that, how to invoke it with inputs filled by `fill`.
const engines = {
  tflite: {
    module: '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd',
    async begin(module, at, length) {
      const made = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(
        at, length, { numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 0, enableWebNNDelegate: false, webNNDevicePreference: 0 });
      if (!made.ok())
        throw new Error(made.errorMessage());
      const runner = made.value();
      const list = vector => Array.from({ length: vector.size() }, (_, i) => vector.get(i));
      const bytesOf = tensor => {
        const data = tensor.data();
        if (!data)
          throw new Error(`its binding has no access to tensors of type ${tensor.dataType}`);
        return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      };
      return async fill => {
        for (const tensor of list(runner.GetInputs()))
          fill(bytesOf(tensor), tensor.dataType);
        if (!runner.Infer())
          throw new Error('the interpreter fails to invoke');
        return list(runner.GetOutputs()).map(bytesOf);
      };
    },
  },

  litert: {
    module: '@litertjs/core/wasm/litert_wasm_compat_internal',
    async begin(module, at, length) {
      if (!module.environment) {
        module.setupLogging();
        module.environment = module.LiteRtEnvironment.create(null);
      }
      const { environment } = module;
      const model = module.loadModel(environment, at, length);
      const options = { environment: { liteRtEnvironment: environment, webGpuDevice: null, options: {} }, accelerator: 'wasm', cpuOptions: { numThreads: 1 }, gpuOptions: {}, webNNOptions: {} };
      const compiled = await module.compileModel(environment, model, options);
      // The binding's JavaScript face knows three element types; below it all of them are bytes.
      const types = { 1: 'float32', 2: 'int32', 3: 'uint8', 4: 'int64', 6: 'bool', 7: 'int16', 9: 'int8' };
      const inputs = Array.from({ length: model.getSignature(0).inputNames().size() }, (_, i) => {
        const given = model.getInputTensorType(0, i), type = types[given.elementType().value];
        if (!type)
          throw new Error(`an input has LiteRT's element type ${given.elementType().value}`);
        const size = fixed(module, given), bytes = size.bytes();
        return { type, bytes, buffer: module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, size, bytes) };
      });
      return async fill => {
        for (const { type, bytes, buffer } of inputs) {
          const start = buffer.lock(module.LiteRtTensorBufferLockMode.WRITE);
          fill(module.HEAPU8.subarray(start, start + bytes), type);
          buffer.unlock();
        }
        const outputs = await compiled.run(0, inputs.map(input => input.buffer));
        return outputs.map(output => {
          const start = output.lock(module.LiteRtTensorBufferLockMode.READ);
          const copy = Buffer.from(module.HEAPU8.slice(start, start + output.packedSize()));
          output.unlock();
          output.delete();
          return copy;
        });
      };
    },
  },
};

/** Numbers from 0 up to 1 (xorshift32). */
function random(seed) {
  let state = (Math.imul(seed, 0x9E3779B1) >>> 0) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Fills inputs with random numbers of the given percentage of their type's range; whole 32- and 64-bit numbers are often indices, and are 0 or 1. */
function filler({ seed, percent }) {
  const next = random(seed), share = percent / 100;
  const writers = {
    float32: [4, (view, at) => view.setFloat32(at, (next() * 2 - 1) * share, true)],
    int32: [4, (view, at) => view.setInt32(at, Math.floor(next() * 2), true)],
    int64: [8, (view, at) => view.setBigInt64(at, BigInt(Math.floor(next() * 2)), true)],
    bool: [1, (view, at) => view.setUint8(at, Math.floor(next() * 2))],
    int16: [2, (view, at) => view.setInt16(at, Math.floor((next() * 65536 - 32768) * share), true)],
    uint8: [1, (view, at) => view.setUint8(at, Math.floor(128 + (next() * 256 - 128) * share))],
    int8: [1, (view, at) => view.setInt8(at, Math.floor((next() * 256 - 128) * share))],
  };
  return (bytes, type) => {
    if (!writers[type])
      throw new Error(`an input has the type ${type}`);
    const [size, write] = writers[type], view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + size <= bytes.byteLength; at += size)
      write(view, at);
  };
}

const isError = line => line.startsWith('ERROR');

async function run({ engine, model, memory, inputs, invocations, values }) {
  const file = fs.readFileSync(model), answers = [], whole = [], log = [];
  let bytes = 0;
  try {
    const module = await instance(engines[engine].module, memory, log), at = module._malloc(file.length);
    module.HEAPU8.set(file, at);
    for (const input of inputs) {
      const invoke = await engines[engine].begin(module, at, file.length), fill = filler(input);
      for (let i = 0; i < invocations; i++) {
        const outputs = await invoke(fill);
        bytes = outputs.reduce((sum, output) => sum + output.length, 0);
        if (values)
          whole.push(Buffer.concat(outputs).toString('base64'));
        answers.push(crypto.createHash('sha256').update(Buffer.concat(outputs)).digest('hex'));
      }
    }
    // LiteRT only says so, and goes on with nothing.
    if (engine === 'litert' && log.some(line => /unresolved custom op|Failed to allocate|Failed to invoke/.test(line)))
      throw new Error('it goes on with nothing');
    return { answers, bytes, values: whole };
  } catch (error) {
    const said = log.filter(isError).slice(0, 1).map(line => line.slice('ERROR: '.length));
    return { refusal: [...said, error.message ?? String(error)].join(' | ').replace(/\s+/g, ' ') };
  }
}

(async () => {
  for (const each of job.runs)
    process.stdout.write(JSON.stringify(await run(each)) + '\n');
  process.exit(0);
})();
