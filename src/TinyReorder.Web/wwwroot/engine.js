'use strict';

// The page's side of the worker: a promise for each call. A worker that is stopped makes place for a new one.
export class Engine {
  #worker = null;
  #waiting = new Map();
  #last = 0;

  constructor() { this.#start(); }

  get isBusy() { return this.#waiting.size > 0; }

  ask(call, message = {}) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(++this.#last, { resolve, reject });
      this.#worker.postMessage({ ...message, call, id: this.#last });
    });
  }

  // Ends what runs: what waits for it fails with a Stopped.
  restart() {
    this.#worker.terminate();
    this.#failAll(new Stopped());
    this.#start();
  }

  #start() {
    const worker = this.#worker = new Worker('worker.js', { type: 'module' });
    worker.addEventListener('message', ({ data: { id, result, error } }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting.resolve(result); else waiting.reject(new Error(error));
    });
    worker.addEventListener('error', event => this.#failAll(new Error(event.message || 'The worker could not be loaded.')));
  }

  #failAll(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export class Stopped extends Error {}
