// Reads files as D2 does: a line of JSON for each, what it holds or why it cannot be read.
import fs from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
for (const file of process.argv.slice(2)) {
  try {
    const { diagram } = await d2.compile(fs.readFileSync(file, "utf8"));
    const nodes = diagram.shapes.map((shape) => shape.label);
    const links = diagram.shapes.map((shape) => shape.link).filter(Boolean);
    const labels = diagram.connections.map((connection) => connection.label);
    console.log(JSON.stringify({ file, nodes, links, labels, edges: diagram.connections.length }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: String(error).slice(0, 500) }));
  }
}
process.exit(0);
