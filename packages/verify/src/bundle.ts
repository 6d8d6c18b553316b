import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";

const here = import.meta.dirname;
const to = path.join(here, "../dist");

/** One script without imports, for Node or for a page. */
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

/** The verifier as one file that a browser opens without a network, and as one that Node runs. */
export async function buildVerifier(): Promise<{ html: string; script: string }> {
  const page = readFileSync(path.join(here, "page/page.html"), "utf8");
  const style = readFileSync(path.join(here, "page/page.css"), "utf8");
  const script = await bundle("page/page.ts", "browser");
  const html = page
    .replace("/* style */", () => style)
    .replace("/* script */", () => script.replaceAll("</script", "<\\/script"));
  return { html, script: await bundle("main.ts", "node") };
}

if (import.meta.main) {
  const { html, script } = await buildVerifier();
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, "ringfence-verify.html"), html);
  writeFileSync(path.join(to, "ringfence-verify.mjs"), script, { mode: 0o755 });
}
