// Bundles the page's script and style; the folder to write into is the only argument.
import { readFileSync, readdirSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");
const LICENCE = /^licen[cs]e/i;

const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  write: false,
  metafile: true,
  absWorkingDir: here,
  define: { "process.env.NODE_ENV": '"production"' },
};

/** The licences of all packages in the bundle, which travel with every page. */
function licences(metafile) {
  const names = Object.keys(metafile.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = existsSync(folder) && readdirSync(folder).find((entry) => LICENCE.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
}

const script = await build({ ...common, entryPoints: ["src/main.js"], format: "iife", target: "es2022" });
const style = await build({ ...common, entryPoints: ["src/page.css"] });
const notice = licences(script.metafile).join("\n\n----\n\n");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "page.css"), style.outputFiles[0].text);
writeFileSync(join(out, "page.js"), `/*!\n${notice.replaceAll("*/", "* /")}\n*/\n${script.outputFiles[0].text}`);
