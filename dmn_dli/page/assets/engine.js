"use strict";
// The engine as the page's other scripts see it: `dmnDli.ready`, `dmnDli.run` and `dmnDli.ask`.

const dmnDli = {};

{
  const STEPS = {
    unpacking: ["Unpacking the engine", 1],
    python: ["Starting Python", 2],
    policies: ["Loading the policies", 4],
  };
  const LAST = 5;
  const SHOWN_WITHIN = 50; // milliseconds
  const status = document.getElementById("engine-status");
  const waiting = []; // requests that the worker has not been handed yet
  let current = null; // the request that it works on
  let numbers = 0;
  let worker = null;
  let isReady = false;
  let failed = null;
  let settle;

  dmnDli.ready = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  dmnDli.ready.catch(() => {}); // that it failed is said in the page

  /**
   * Runs the command itself: `run(["evaluate", "-", "--format", "jsonl"], text)` gives
   * `{exit, stdout, stderr}`. The page's tables lie in the working folder as `./tables`.
   */
  dmnDli.run = async (args, stdin = "") => {
    const input = typeof stdin === "string" ? new TextEncoder().encode(stdin) : new Uint8Array(stdin);
    const finished = await request({ arguments: [...args].map(String), stdin: input });
    const text = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { exit: finished.exit, stdout: text(finished.stdout), stderr: text(finished.stderr) };
  };

  /**
   * Asks the session: the promise gives the answer, or is rejected with an Error whose message is in words
   * for people. Of requests of one name that wait the last one stands; the promises of the others give null.
   * files: `[{name, bytes}]`, which the session finds in `payload.folder`.
   */
  dmnDli.ask = async (name, payload = {}, files = []) => {
    const earlier = waiting.findIndex((each) => each.message.name === name);
    if (earlier >= 0) {
      waiting.splice(earlier, 1)[0].resolve({ answer: null });
    }
    const result = await request({ name, payload, files });
    if (result.problem !== undefined) {
      throw new Error(result.problem);
    }
    return result.answer;
  };

  function request(message) {
    return new Promise((resolve, reject) => {
      if (failed) {
        reject(failed);
        return;
      }
      waiting.push({ message, resolve, reject });
      next();
    });
  }

  function next() {
    if (!isReady || current || !waiting.length) {
      return;
    }
    current = waiting.shift();
    numbers += 1;
    worker.postMessage({ number: numbers, ...current.message });
  }

  function hear({ data }) {
    if (data.step) {
      show(...STEPS[data.step]);
    } else if (data.ready) {
      isReady = true;
      show(data.problem || "The engine is ready.", LAST);
      if (!data.problem) {
        setTimeout(() => status.replaceChildren(), 5000);
      }
      settle.resolve();
      next();
    } else if (!isReady) {
      fail(data.failure);
    } else {
      const { resolve, reject } = current;
      current = null;
      if (data.failure === undefined) {
        resolve(data.result);
      } else {
        reject(new Error(data.failure));
      }
      next();
    }
  }

  function show(words, done) {
    const bar = document.createElement("progress");
    bar.max = LAST;
    bar.value = done;
    bar.setAttribute("aria-label", "The engine");
    status.replaceChildren(...(done < LAST ? [bar, " "] : []), words);
  }

  function fail(reason) {
    const words =
      `Cases cannot be tried here: the engine in this page did not start (${reason}). ` +
      "All that is to be read is there.";
    failed = new Error(words);
    status.replaceChildren(words);
    status.classList.add("failed");
    settle.reject(failed);
    waiting.splice(0).forEach((each) => each.reject(failed));
    if (current) {
      current.reject(failed);
    }
  }

  function start() {
    const blocks = {};
    for (const block of document.querySelectorAll('script[type="application/octet-stream"]')) {
      blocks[block.id] = block.textContent;
    }
    if (typeof WebAssembly !== "object") {
      fail("this browser has no WebAssembly");
    } else if (typeof DecompressionStream !== "function") {
      fail("this browser is too old: it cannot unpack what the page carries");
    } else if (!blocks["engine/installed"]) {
      fail("the page's file is damaged; please get it anew");
    } else {
      const source = new Blob([blocks["engine/worker"]], { type: "text/javascript" });
      worker = new Worker(URL.createObjectURL(source));
      worker.onmessage = hear;
      worker.onerror = (event) => fail(event.message || "its worker did not start");
      worker.postMessage({ blocks });
    }
  }

  // The page is read first: the engine starts when all of it is there and has been shown.
  addEventListener("DOMContentLoaded", () => setTimeout(start, SHOWN_WITHIN));
}
