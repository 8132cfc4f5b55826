// Reads draw.io files with mxGraph, the library draw.io is made of: where everything ends up.
import fs from "node:fs";
import { inBrowser } from "./browser.mjs";

function read(xml) {
  const text = mxUtils.parseXml(xml);
  const graph = new mxGraph(document.createElement("div"));
  graph.setHtmlLabels(true);
  const codec = new mxCodec(text);
  codec.decode(text.getElementsByTagName("mxGraphModel")[0], graph.getModel());
  graph.view.validate();
  const found = { boxes: {}, edges: {}, parents: {}, ends: {} };
  for (const cell of Object.values(graph.getModel().cells)) {
    const state = graph.view.getState(cell);
    if (!state || ["0", "1"].includes(cell.id)) continue;
    found.parents[cell.id] = cell.parent.id;
    if (cell.edge) {
      found.edges[cell.id] = state.absolutePoints.map((point) => [point.x, point.y]);
      found.ends[cell.id] = [cell.source, cell.target].map((end) => (end ? end.id : ""));
    } else {
      found.boxes[cell.id] = [state.x, state.y, state.width, state.height];
    }
  }
  return found;
}

await inBrowser(async (browser) => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: "mxLoadResources = false; mxLoadStylesheets = false;" });
  await page.addScriptTag({ path: new URL("node_modules/mxgraph/javascript/mxClient.js", import.meta.url).pathname });
  for (const file of process.argv.slice(2)) {
    const found = await page.evaluate(read, fs.readFileSync(file, "utf8"));
    console.log(JSON.stringify({ file, ...found }));
  }
});
