"use strict";
// The worker in which the engine runs: unpacks the page's blocks, starts Python, and answers one request
// after the other. Nothing here knows what a policy is.

// Pyodide wants to run in a worker that is a module, which browsers do not start from a file on disk. It needs
// nothing of one but `import()`, which every worker has; it recognises others by this function.
self.importScripts = undefined;

const SITE = "/lib/python3.14/site-packages/";
const HOME = "https://engine.invalid/"; // an address for the engine's files that nobody is ever asked at
const DROPPED = "/dropped/";

let python = null;
let runCommand = null;
let answer = null;
let unanswerable = "";
let folders = 0;

function report(step) {
  postMessage({ step });
}

/** The bytes that a block of text holds. */
async function unpacked(text) {
  try {
    const packed = Uint8Array.fromBase64
      ? Uint8Array.fromBase64(text)
      : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch {
    throw new Error("the page's file is damaged; please get it anew");
  }
}

/** What a script exports. */
async function imported(bytes) {
  return import(URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })));
}

/** Pyodide, started of these files. What it asks for comes from the page; all else is refused. */
async function loaded(files, lock) {
  const served = { "pyodide.asm.wasm": files.binary, "python_stdlib.zip": files.library };
  self.fetch = async (address) => {
    const file = served[String(address).replace(HOME, "")];
    if (!file) {
      throw new TypeError(`The page asks nobody for ${address}.`);
    }
    return new Response(file);
  };
  const { loadPyodide } = await imported(files.module);
  const { default: createPyodideModule } = await imported(files.program);
  return new Promise((resolve, reject) => {
    // Where this fails, Pyodide would wait for ever.
    WebAssembly.instantiateStreaming = async (response, imports) => {
      try {
        return await WebAssembly.instantiate(await (await response).arrayBuffer(), imports);
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    loadPyodide({
      indexURL: HOME,
      lockFileContents: lock,
      packageBaseUrl: HOME,
      createPyodideModule,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
    }).then(resolve, reject);
  });
}

async function start(blocks) {
  report("unpacking");
  const { tables, lock } = JSON.parse(blocks["engine/settings"]);
  const files = {};
  for (const name of ["module", "program", "binary", "library", "installed"]) {
    files[name] = await unpacked(blocks[`engine/${name}`]);
  }
  report("python");
  python = await loaded(files, lock);
  report("policies");
  python.unpackArchive(files.installed, "zip", { extractDir: SITE });
  python.runPython("import importlib; importlib.invalidate_caches()");
  runCommand = python.pyimport("dmn_dli_cli.in_page").run;
  try {
    answer = python.pyimport("dmn_dli.page.live.door").opened(SITE + tables);
  } catch (error) {
    unanswerable = inWords(error);
  }
  postMessage({ ready: true, problem: unanswerable });
}

function run(request) {
  const finished = runCommand(python.toPy(request.arguments), python.toPy(request.stdin));
  const [exit, stdout, stderr] = finished.toJs();
  finished.destroy();
  return { exit, stdout, stderr };
}

function ask(request) {
  if (!answer) {
    return { problem: unanswerable };
  }
  const payload = request.files.length ? { ...request.payload, folder: write(request.files) } : request.payload;
  return JSON.parse(answer(request.name, JSON.stringify(payload)));
}

/** Puts files into a new folder, and gives its path. */
function write(files) {
  folders += 1;
  const folder = `${DROPPED}${folders}/`;
  python.FS.mkdirTree(folder);
  for (const file of files) {
    python.FS.writeFile(folder + file.name.replaceAll("/", "_"), new Uint8Array(file.bytes));
  }
  return folder;
}

/** The last line of what Python says of an exception is the exception. */
function inWords(error) {
  const lines = String(error.message || error).trim().split("\n");
  return lines[lines.length - 1];
}

self.onmessage = async ({ data }) => {
  try {
    if (data.blocks) {
      await start(data.blocks);
    } else {
      postMessage({ number: data.number, result: data.arguments ? run(data) : ask(data) });
    }
  } catch (error) {
    postMessage({ number: data.number, failure: inWords(error) });
  }
};
