import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { unfold } from "../platform/demo";

/** Folder from which the worker of the first demo may read registries, set in `start-demos.ts`. */
const root = path.resolve(import.meta.dirname, "../../../../.ringfence/e2e-registries");

/** Creates a table of `count` numbers, as a partner would publish it. */
const createList = (count: number, day = "2026-01-01") =>
  `since;phone\n${Array.from({ length: count }, (_, n) => `${day};+1214${2_000_000 + n}\n`).join("")}`;

/** Publishes the next state of a list. */
export function publish(folder: string, count: number, day?: string) {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "list.csv"), createList(count, day));
}

/** Connects one of the organization's own lists, read from a folder, with a mapping from a sample. */
export async function connect(page: Page, name: string, folder: string) {
  await page.goto("/registries");
  await page.getByRole("link", { name: "Connect a registry" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Code" }).fill(folder);
  await page.getByRole("radio", { name: /^Folder on this server/ }).check();
  await page.getByRole("textbox", { name: "Folder" }).fill(folder);
  await page.getByLabel("Sample file").setInputFiles({
    name: "sample.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(createList(3)),
  });
  await expect(page.getByText("3 lines, 3 numbers listed")).toBeVisible();
}

/** Unfolds the fields that have defaults. */
export const openAdvanced = (page: Page) => unfold(page, "Advanced");

export const readAgain = (page: Page, name: string) =>
  page.getByRole("button", { name: `Update now: ${name}` }).click();

export const connecting = (page: Page) =>
  page.getByRole("button", { name: "Connect and read" }).click();
export const fault = (page: Page, hasText: string) =>
  page.getByRole("main").getByRole("alert").filter({ hasText }).first();
export const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

/** Expects a secret neither in what the browser received nor in what it would send back. */
export async function expectNowhere(page: Page, secret: string) {
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("link", { name: "Change", exact: true }).click();
  await expect(page.getByText(/^A secret is stored\./)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
}
