import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { buildVerifier } from "ringfence-verify/bundle";
import { phones } from "../../testing/example-phones";
import { exampleGroup, find } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

async function openCertificate(page: Page) {
  await find(page, phones.nina);
  await page.getByRole("link", { name: "Certificate" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Certificate" })).toBeVisible();
}

test(
  "an officer downloads a certificate, and a stranger verifies it offline",
  { tag: "@persona" },
  async ({ browser }) => {
    const page = await signedInPage(browser, "officer");
    await openCertificate(page);
    await expect(page.getByText("consent given")).toBeVisible();
    // The log includes it within seconds.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("status")).toContainText("Genuine", { timeout: 500 });
    }).toPass();

    await expectReadableAnywhere(page, "a certificate");

    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download PDF" }).click();
    const pdf = await (await downloading).path();

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto("/verify", { waitUntil: "networkidle" });
    await stranger.context().setOffline(true);
    await stranger.getByLabel("File", { exact: true }).setInputFiles(pdf);
    await expect(stranger.getByRole("status")).toHaveText(
      /Genuine: the keys that this site publishes prove that the content is unchanged\. The page of the PDF was not checked\./,
    );
    await expect(stranger.getByText("live calls")).toBeVisible();

    const latin = await readFile(pdf, "latin1");
    const give = (name: string, text: string) => {
      const buffer = Buffer.from(text, "latin1");
      const file = { name, mimeType: "application/pdf", buffer };
      return stranger.getByLabel("File", { exact: true }).setInputFiles(file);
    };
    await give("damaged.pdf", latin.replace(/(?<=\/EmbeddedFile[^]*?stream\r?\n)x/, "y"));
    await expect(
      stranger.getByRole("alert", { name: "Not valid: do not rely on it" }),
    ).toBeVisible();
    await give("other.pdf", latin.replace("/EmbeddedFile", "/EmbeddedFilm"));
    await expect(stranger.getByRole("status")).toHaveText(/Not a certificate/);

    await stranger.getByLabel("File", { exact: true }).setInputFiles(pdf);
    await expect(stranger.getByRole("status")).toHaveText(/Genuine/);
    await expectNoVerdictOnUnreadable(stranger, "This file could not be read");

    const { html } = await buildVerifier();
    await stranger.goto("about:blank");
    await stranger.setContent(html);
    await stranger.getByLabel("The file").setInputFiles(pdf);
    await expect(stranger.getByRole("status")).toHaveText(/Consistent, but not proven/);
    await expectNoVerdictOnUnreadable(stranger, "next.pdf cannot be read");
  },
);

/** The verdict on one file must not stay on the page while the next one cannot be read. */
async function expectNoVerdictOnUnreadable(page: Page, fault: string) {
  await page.evaluate(() => {
    File.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  });
  const next = { name: "next.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") };
  await page.getByLabel(/^(The f|F)ile$/).setInputFiles(next);
  await expect(page.getByRole("alert").filter({ hasText: fault })).toBeVisible();
  await expect(page.getByRole("status")).toHaveCount(0);
}

test("an officer erases only a signature, and the consent still stands", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/consents");
  await page.getByRole("row").filter({ hasText: "235" }).getByRole("link").click();
  await page.getByRole("checkbox", { name: "Signature" }).check();
  await page.getByRole("button", { name: "Erase selected details" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Erase permanently" }).click();

  await expect(page).toHaveURL(/\/certificates\//);
  await expect(page.getByText("erasure of personal data")).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Phone" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Signature" })).toHaveCount(0);
  await expect(page.getByText("Granted").first()).toBeVisible();
});

test("an officer erases a person, and sees the certificate of erasure", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.nina);
  await page.getByRole("button", { name: "Erase", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Erase permanently" }).click();

  await expect(page).toHaveURL(/\/certificates\//);
  await expect(page.getByText("erasure of personal data")).toBeVisible();
  await expect(page.getByText("the person asked for it")).toBeVisible();

  await page.goto("/numbers");
  await find(page, phones.nina);
  await expect(page.getByText("This number was erased")).toBeVisible();
});
