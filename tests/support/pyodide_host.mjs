// Runs a main.py of xlwings Lite in Pyodide: node pyodide_host.mjs FOLDER_OF_PYODIDE < request.json > reply.json
import { readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const request = JSON.parse(readFileSync(0, "utf8"));
const started = performance.now();
const python = await loadPyodide({
  indexURL: folder,
  env: { HOME: "/home/pyodide", XLWINGS_ON_SERVER: "true", ...request.environment },
  stdout: (line) => console.error(line),
});
for (const [name, text] of Object.entries(request.modules)) {
  python.FS.mkdirTree(dirname(`/site/${name}`));
  python.FS.writeFile(`/site/${name}`, text);
}
python.runPython("import sys; sys.path.append('/site')");
const loaded = performance.now();

// As the add-in does: the text is run as a module that has no file; first to learn the functions, then once more.
const run = python.runPython(`
import types

def run(text):
    module = types.ModuleType("main")
    exec(text, module.__dict__)
    sys.modules["main"] = module
    return module

run
`);
run(request.main);
const imported = performance.now();
const main = run(request.main);
const runAgain = performance.now();

const driver = python.pyimport(request.driver);
const finite = (_key, value) => (typeof value === "number" && !Number.isFinite(value) ? { notFinite: String(value) } : value);
const toJs = (value) => value.toJs({ dict_converter: Object.fromEntries });
const replies = [];
for (const [name, args] of request.calls) {
  const before = performance.now();
  const given = python.toPy(args);
  const answer = toJs(await driver.answer(main, name, given));
  replies.push({ ...answer, ms: performance.now() - before });
}
const reply = {
  functions: toJs(driver.registered(main)),
  modules: python.runPython("sorted(sys.modules)").toJs(),
  replies,
  ms: { pyodide: loaded - started, main: imported - loaded, mainAgain: runAgain - imported },
};
writeSync(1, JSON.stringify(reply, finite));
