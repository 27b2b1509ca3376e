// Opens a GEXF file as Gephi Lite does and prints its nodes and edges as JSON.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const load = createRequire(process.argv[2] + "/");
const gexf = load("graphology-gexf");
const { MultiDirectedGraph } = load("graphology");

const graph = gexf.parse(MultiDirectedGraph, readFileSync(process.argv[3], "utf8"));
const nodes = graph.mapNodes((id, values) => ({ id, ...values }));
const edges = graph.mapEdges((id, values, source, target) => ({ ...values, source, target }));
process.stdout.write(JSON.stringify({ nodes, edges }));
