import { type Chromium, findChromium, noChromium } from "../src/consents/form-check/index.ts";

/** This machine's browser, which may ask the servers of a test. Its tests run where there is one. */
export function chromiumOfTests(...privateHosts: string[]): Chromium {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error(noChromium);
  return { executablePath, privateHosts };
}
