import { existsSync } from "node:fs";
import path from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macApps = ["Google Chrome", "Chromium"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/**
 * The browser that opens pages, for tests too: the one that CHROMIUM names, or one of this machine's own.
 * Null where there is none. @throws where CHROMIUM names none
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
  "There is no Chromium, so no form is checked and the tests that open pages are left out: install one (Debian: apt-get install chromium), or name it in CHROMIUM.";
