import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import ownPackage from "../package.json" with { type: "json" };

const here = import.meta.dirname;

/** Bundles a script without imports, for Node or for a page. */
async function bundle(input: string, platform: "node" | "browser"): Promise<string> {
  const build = await rolldown({ input: path.join(here, input), platform });
  const { output } = await build.generate({
    format: platform === "node" ? "esm" : "iife",
    minify: true,
    codeSplitting: false,
  });
  await build.close();
  return output[0].code;
}

/** Builds the verifier as one file that a browser opens without a network, and as one that Node runs. */
export async function buildVerifier(): Promise<{ html: string; script: string }> {
  const page = readFileSync(path.join(here, "page/page.html"), "utf8");
  const style = readFileSync(path.join(here, "page/page.css"), "utf8");
  const script = await bundle("page/page.ts", "browser");
  const html = page
    .replace("/* style */", () => style)
    .replace("/* script */", () => script.replaceAll("</script", "<\\/script"));
  return { html, script: await bundle("main.ts", "node") };
}

/** Builds what others install: one script and one page, without dependencies. */
export async function buildPackage(to: string) {
  const { html, script } = await buildVerifier();
  const { name, version, license, type } = ownPackage;
  const bin = { [name]: `${name}.mjs` };
  const published = { name, version, license, type, bin, engines: { node: ">=20" } };
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, `${name}.html`), html);
  writeFileSync(path.join(to, `${name}.mjs`), script, { mode: 0o755 });
  writeFileSync(path.join(to, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
}

if (import.meta.main) await buildPackage(path.join(here, "../dist"));
