// Opens a GEXF file as Gephi Lite does, moves each node, adds a column and saves it.
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const load = createRequire(process.argv[2] + "/");
const gexf = load("graphology-gexf");
const { MultiDirectedGraph } = load("graphology");

const graph = gexf.parse(MultiDirectedGraph, readFileSync(process.argv[3], "utf8"));
graph.updateEachNodeAttributes((id, values) => ({ ...values, x: values.x + 1, louvain: 3 }));
writeFileSync(process.argv[4], gexf.write(graph, { version: "1.2" }));
