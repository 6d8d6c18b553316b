import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Folder from which the tests' worker may read registries, set in `playwright.config.ts`. */
const root = path.resolve(import.meta.dirname, "../../../.ringfence/e2e-registries");

/** Creates a table of `count` numbers, as a partner would publish it. */
export const createList = (count: number, day = "2026-01-01") =>
  `since;phone\n${Array.from({ length: count }, (_, n) => `${day};+1214${2_000_000 + n}\n`).join("")}`;

/** Publishes the next state of a list. */
export function publish(folder: string, count: number, day?: string) {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "list.csv"), createList(count, day));
}
