import { type Chromium, findChromium, noChromium } from "../src/consents/form-check/index.ts";

/** Finds this machine's browser and lets it reach the servers of a test. Its tests run only if there is one. */
export function chromiumOfTests(...privateHosts: string[]): Chromium {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error(noChromium);
  return { executablePath, privateHosts };
}
