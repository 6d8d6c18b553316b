import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { pageOf } from "./demo";
import { openConsentedNumber } from "./open-consented-number";

test("an officer downloads a certificate, and a stranger checks it without an account", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer");
  await openConsentedNumber(page);
  await page.getByRole("link", { name: "Certificate" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Certificate" })).toBeVisible();
  await expect(page.getByText("Phone", { exact: true })).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "To read (PDF)" }).click();
  const pdf = await (await downloading).path();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("/verify");
  await stranger.context().setOffline(true);
  await stranger.getByLabel("The file").setInputFiles(pdf);
  await expect(stranger.getByText("This holds: nothing in it was changed.")).toBeVisible();

  const forged = (await readFile(pdf, "latin1")).replace("/Type /EmbeddedFile", "/Type /Embedded");
  const file = { name: "forged.pdf", mimeType: "application/pdf", buffer: Buffer.from(forged, "latin1") };
  await stranger.getByLabel("The file").setInputFiles(file);
  await expect(stranger.getByText("This is no certificate of Ringfence")).toBeVisible();
});

test("an officer erases a person, and is shown the act", async ({ browser }) => {
  const page = await pageOf(browser, "officer");
  await openConsentedNumber(page);
  await page.getByRole("button", { name: "Erase", exact: true }).click();
  await page.getByRole("button", { name: "Erase for good" }).click();

  await expect(page).toHaveURL(/\/certificates\//);
  await expect(page.getByText("erasure of personal data")).toBeVisible();
  await expect(page.getByText("the person asked for it")).toBeVisible();
});
