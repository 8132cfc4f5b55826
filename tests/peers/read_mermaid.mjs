// Reads files as Mermaid does: a line of JSON for each, what it holds or why it cannot be read.
import fs from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div></div>");
globalThis.window = window;
for (const name of Object.getOwnPropertyNames(window)) {
  if (/^(document|DOMParser|Node.*|.*Element|DocumentFragment|NamedNodeMap|XMLSerializer)$/.test(name)) {
    globalThis[name] = window[name];
  }
}
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });
for (const file of process.argv.slice(2)) {
  try {
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(fs.readFileSync(file, "utf8"));
    const nodes = [...db.getVertices().values()].map((vertex) => vertex.text);
    const links = [...db.getVertices().values()].map((vertex) => vertex.link).filter(Boolean);
    const [edges, frames] = [db.getEdges().length, db.getSubGraphs().length];
    console.log(JSON.stringify({ file, type, nodes, links, edges, frames }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: String(error).slice(0, 500) }));
  }
}
process.exit(0);
