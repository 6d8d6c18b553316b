import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { toString as drawCode } from "qrcode";
import { aDisclosure, aDraft, aForm } from "@ringfence/services/testing/forms";
import { aRecording, aScan } from "@ringfence/services/testing/evidence";
import { phones } from "../../testing/example-phones";
import { exampleGroup, find } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test.describe.configure({ mode: "serial" });

const { installation, organizationId, signedInPage } = exampleGroup();
const [recording, scan] = [aRecording(), aScan()];
const computeHash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const chooseFile = (page: Page, label: "Recording" | "Scan", buffer: Buffer) =>
  page.getByLabel(label, { exact: true }).setInputFiles({
    name: label === "Scan" ? "letter from Grace.pdf" : "call with Grace.wav",
    mimeType: label === "Scan" ? "application/pdf" : "audio/wav",
    buffer,
  });

/** Publishes a form, such as a script that agents read out. */
async function publishForm(kind: "phone" | "paper", text: string) {
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId: OrganizationId.parse(organizationId()), actor };
  const draft = aDraft({ text }, { seller: "bank" });
  return aForm(ctx, { kind, disclosures: [await aDisclosure(ctx, draft)] });
}

test("an agent records a spoken consent with its recording, and an officer hears it", async ({
  browser,
}) => {
  test.slow();
  await publishForm("phone", "May Example Bank call you about loans?");
  const page = await signedInPage(browser, "agent");
  await find(page, phones.stranger);
  await page.getByRole("link", { name: "Record a consent" }).click();
  await expect(page.getByRole("heading", { name: "Record a consent" })).toBeVisible();
  await expect(
    page.getByRole("group", { name: "A recording or a signature does not lift an opt-out" }),
  ).toBeVisible();
  await expect(page.getByLabel("Phone", { exact: true })).toHaveValue("+1 303 555 0187");
  expect(page.url()).not.toContain("5550187");

  const box = page.getByRole("checkbox", { name: /May Example Bank call you about loans/ });
  await expect(box).toBeVisible();
  await page.getByRole("button", { name: "Record the consent" }).click();
  await expect(page.getByText("Tick at least one text the person agreed to.")).toBeVisible();
  await expect(page.getByText("Choose the recording of the call.")).toBeVisible();
  await expect(box).toBeFocused();
  await expectReadable(page);
  await box.check();
  await chooseFile(page, "Recording", recording);
  await page.getByRole("button", { name: "Record the consent" }).click();

  await expect(page.getByText("Consent recorded")).toBeVisible();
  await expect(page.getByText(computeHash(recording))).toBeVisible();
  await expect(page.getByText("Held: it allows no calls")).toHaveCount(0);
  await page.getByRole("link", { name: "Open the consent" }).click();
  await expect(page.getByText("You cannot view this file.")).toBeVisible();
  const address = new URL(page.url()).pathname;

  const officer = await signedInPage(browser, "officer", address);
  await expect(officer.getByText(computeHash(recording), { exact: true })).toBeVisible();
  const downloading = officer.waitForEvent("download");
  await officer.getByRole("link", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^evidence-[0-9a-f-]{36}\.wav$/);
  expect(readFileSync(await download.path()).equals(recording)).toBe(true);
  await expectReadable(officer);
});

test("a new consent after an opt-out allows no calls, and the page says so before and after", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "agent");
  await find(page, phones.dana);
  await page.getByRole("link", { name: "Record a consent" }).click();
  await expect(
    page.getByRole("group", { name: "This person has opted out. The consent will be held" }),
  ).toBeVisible();
  await page.getByLabel("Text read aloud or signed").selectOption("Other text");
  await page.getByLabel("Text", { exact: true }).fill("May Example Bank call you?");
  await page.getByRole("checkbox", { name: "Marketing" }).check();
  await page.getByRole("radio", { name: /^On paper/ }).check();
  await page.getByLabel("Text read aloud or signed").selectOption("Other text");
  await chooseFile(page, "Scan", recording);
  await page.getByRole("button", { name: "Record the consent" }).click();
  await expect(page.locator("form").getByRole("alert")).toContainText(
    "not a scan that can be kept",
  );
  await chooseFile(page, "Scan", scan);
  await page.getByRole("button", { name: "Record the consent" }).click();
  await expect(page.getByRole("group", { name: "Held: it allows no calls" })).toBeVisible();
  await page.getByRole("link", { name: "Open the number" }).click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText(
    "opted out of all calls",
  );
});

test("an agent records a withdrawal that came by letter", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await find(page, phones.stranger);
  await page.getByRole("link", { name: "Record a withdrawal by letter" }).click();
  await page.getByRole("checkbox", { name: /^Example Bank: Marketing/ }).check();
  await chooseFile(page, "Scan", aScan());
  await page.getByLabel("Date received").fill("2999-01-01");
  await page.getByRole("button", { name: "Record the withdrawal" }).click();
  await expect(page.locator("form").getByRole("alert")).toContainText(
    "cannot have arrived in the future",
  );
  await page.getByLabel("Date received").fill("2026-01-15");
  await expectReadable(page);
  await page.getByRole("button", { name: "Record the withdrawal" }).click();
  await expect(page.getByText("Withdrawal recorded")).toBeVisible();
  await page.getByRole("link", { name: /^Example Bank: Marketing/ }).click();
  await expect(page.getByRole("heading", { name: /^Withdrawn/ })).toBeVisible();
});

test("the code on a paper form lets the person withdraw and a member record the form", async ({
  browser,
}) => {
  test.slow();
  const { id, address } = await publishForm("paper", "Example Bank may call me about its offers.");
  const page = await signedInPage(browser, "agent", `/forms/${id}/paper`);
  const link = page.getByRole("link", { name: /\/paper\?version=1$/ });
  const printed = (await link.getAttribute("href")) ?? "";
  const drawn = Buffer.from(await drawCode(printed, { type: "svg", margin: 0 })).toString("base64");
  await expect(page.getByRole("img", { name: "QR code" })).toHaveAttribute(
    "src",
    `data:image/svg+xml;base64,${drawn}`,
  );

  const person = await (await browser.newContext({ locale: "en-US" })).newPage();
  await person.setViewportSize({ width: 320, height: 640 });
  await person.goto(new URL(printed).pathname + new URL(printed).search);
  await expect(person.getByText("Example Bank may call me about its offers.")).toBeVisible();
  await expectReadable(person);
  await person.getByRole("link", { name: "See and withdraw my consents" }).click();
  await expect(person.getByRole("button", { name: "Send me a code" })).toBeVisible();
  // Older papers have a QR code with only the form's address.
  await person.goto(`/f/${address}`);
  await person.getByRole("link", { name: "Stop all calls" }).click();
  await expect(person.getByRole("heading", { name: "Do not call me again" })).toBeVisible();
  await person.context().close();

  await page.goto(`/f/${address}`);
  await page.getByRole("link", { name: "record a signed form" }).click();
  await expect(page.getByRole("radio", { name: /^On paper/ })).toBeChecked();
  await page.getByLabel("Phone", { exact: true }).fill("(312) 555-0176");
  await page.getByRole("checkbox", { name: /Example Bank may call me about its offers/ }).check();
  await chooseFile(page, "Scan", aScan());
  await page.getByRole("button", { name: "Record the consent" }).click();
  await expect(page.getByText("Consent recorded")).toBeVisible();
  await page.getByRole("link", { name: "Open the consent" }).click();
  await expect(page.getByText("Form “Contact us”, version 1.")).toBeVisible();
});
