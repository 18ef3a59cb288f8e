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

/** The bytes that a block of text holds, as a stream. */
function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
}

function bytes(text) {
  return new Response(unpacked(text)).arrayBuffer();
}

/** The address of a script that a block holds. */
async function script(text) {
  return URL.createObjectURL(new Blob([await bytes(text)], { type: "text/javascript" }));
}

async function start(blocks) {
  const { tables, lock } = JSON.parse(blocks["engine/settings"]);
  report("unpacking");
  const library = bytes(blocks["engine/library"]);
  const installed = bytes(blocks["engine/installed"]);
  const program = await script(blocks["engine/program"]);
  const module = await import(await script(blocks["engine/module"]));
  // Pyodide asks for two files by their addresses; they come from the page, and all else is refused.
  const served = {
    [`${HOME}pyodide.asm.wasm`]: () =>
      new Response(unpacked(blocks["engine/binary"]), { headers: { "Content-Type": "application/wasm" } }),
    [`${HOME}python_stdlib.zip`]: async () => new Response(await library),
  };
  self.fetch = async (address) => {
    const file = served[String(address)];
    if (!file) {
      throw new TypeError(`The page asks nobody for ${address}.`);
    }
    return file();
  };
  report("python");
  python = await module.loadPyodide({
    indexURL: HOME,
    lockFileContents: lock,
    packageBaseUrl: HOME,
    createPyodideModule: (await import(program)).default,
    env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1" },
  });
  report("policies");
  python.unpackArchive(await installed, "zip", { extractDir: SITE });
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
