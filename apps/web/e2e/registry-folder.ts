import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The folder that the worker of these tests may read registries from: `playwright.config.ts` says so. */
const root = path.resolve(import.meta.dirname, "../../../.ringfence/e2e-registries");

/** A table of `count` numbers, as a partner would put it there. */
export const listOf = (count: number, day = "2026-01-01") =>
  `since;phone\n${Array.from({ length: count }, (_, n) => `${day};+1214${2_000_000 + n}\n`).join("")}`;

/** Publishes the next state of a list. */
export function publish(folder: string, count: number, day?: string) {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "list.csv"), listOf(count, day));
}
