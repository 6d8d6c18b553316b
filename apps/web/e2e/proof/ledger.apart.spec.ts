import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { exampleGroup } from "../platform/example-group";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

test("an auditor sees the state of the ledger, and downloads the proof of a statement", async ({
  browser,
  baseURL,
}) => {
  const page = await signedInPage(browser, "auditor", "/ledger");
  const rows = page.getByRole("table", { name: /Statements/ }).getByRole("row");
  // The log includes the statement within seconds.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^median /)).toBeVisible({ timeout: 500 });
    await expect(rows.filter({ hasText: "Not signed yet" })).toHaveCount(0);
    await expect(page.getByText(/Waiting to be added: 0\./)).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByText("pnpm ledger audit")).toBeVisible();

  const downloading = page.waitForEvent("download");
  const consent = rows.filter({ hasText: "consent given" }).first();
  await consent.getByRole("link", { name: "Download proof: consent given" }).click();
  const file = await (await downloading).path();
  const proof: Record<string, string> = JSON.parse(await readFile(file, "utf8"));
  expect(proof).toMatchObject({ kind: "consent.granted", state: "included" });
  expect(proof.proof).toMatch(/^c2sp.org\/tlog-proof@v1\n/);

  const csv = await page.request.get(`${baseURL}/api/statements.csv`);
  expect(await csv.text()).toMatch(/consent given/);
  const head = page.getByRole("link", { name: /\/ledger\/checkpoint$/ });
  const checkpoint = await page.request.get((await head.getAttribute("href")) ?? "");
  expect(await checkpoint.text()).toMatch(/\/ledger\n\d+\n/);
});

test("neither an agent nor another organization can download a proof", async ({
  browser,
  baseURL,
}) => {
  const agent = await signedInPage(browser, "agent");
  const stranger = "0195a000-0000-7000-8000-000000000000";
  expect((await agent.request.get(`${baseURL}/api/proofs/${stranger}`)).status()).toBe(403);
  const auditor = await signedInPage(browser, "auditor");
  expect((await auditor.request.get(`${baseURL}/api/proofs/${stranger}`)).status()).toBe(404);
});
