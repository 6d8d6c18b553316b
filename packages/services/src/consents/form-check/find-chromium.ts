import { existsSync } from "node:fs";
import path from "node:path";

/** First the one without windows: it needs half of the processor time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];
const macApps = ["Google Chrome", "Chromium"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/**
 * Finds the browser that opens the pages of forms, in tests too: the one in CHROMIUM, or one installed on this machine.
 * Null if there is none. Throws if CHROMIUM names a file that does not exist.
 */
export function findChromium({
  CHROMIUM,
  PATH = "",
}: Readonly<Record<string, string | undefined>>): string | null {
  if (CHROMIUM && !existsSync(CHROMIUM)) {
    throw new Error(
      `CHROMIUM is “${CHROMIUM}”, and there is no such file: correct it, or unset it.`,
    );
  }
  if (CHROMIUM) return CHROMIUM;
  const inPath = PATH.split(path.delimiter).flatMap((folder) =>
    names.map((name) => path.join(folder, name)),
  );
  return [...inPath, ...macApps].find((file) => existsSync(file)) ?? null;
}

export const noChromium =
  "There is no Chromium, so no form is checked and the tests that open pages are left out: install one (Debian: apt-get install chromium-headless-shell), or name it in CHROMIUM.";
