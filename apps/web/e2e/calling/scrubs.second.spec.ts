import { readFile, writeFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import writeWorkbook from "write-excel-file/node";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";

test.describe.configure({ mode: "serial" });

const leads = `id;name;phone
1;"Okafor; Jane";(214) 555-0142
2;Leon Fabris;217 555 158
3;Dana Whitlock;+7 999 000-00-17
`;

const choose = (page: Page, name: string, content: string | Buffer) =>
  page
    .getByLabel("File of numbers")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

/** Chooses a file on the disk, which the browser reads there. */
async function chooseLarge(page: Page, name: string, content: string) {
  const file = test.info().outputPath(name);
  await writeFile(file, content);
  await page.getByLabel("File of numbers").setInputFiles(file);
}

test("the page without scrubs says what to do", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/scrubs");
  await expect(page.getByText("No files screened yet")).toBeVisible();
  await expectReadable(page);
  await page.getByRole("link", { name: "Screen a file" }).click();
  await expect(page).toHaveURL("/scrubs/new");
});

test("an officer screens a file, and downloads the result with four more columns", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/scrubs/new");
  await choose(page, "leads.csv", leads);
  await expect(page.getByRole("radio", { name: "phone" })).toBeChecked();
  await expect(page.getByText("+1 214 555 0142")).toBeVisible();
  await expect(page.getByText("One digit short: US numbers have ten after +1.")).toBeVisible();
  await expect(page.getByText("2 of 3 rows shown contain a valid number.")).toBeVisible();
  await expectReadable(page);

  await page.getByRole("radio", { name: "name" }).check();
  await expect(page.getByText("0 of 3 rows shown contain a valid number.")).toBeVisible();
  await page.getByRole("radio", { name: "phone" }).check();
  await page.getByRole("combobox", { name: "Purpose" }).selectOption("Cards");
  await page.getByRole("button", { name: "Upload and screen" }).click();

  await expect(page.getByRole("heading", { name: "leads.csv", level: 1 })).toBeVisible();
  await expect(page.getByText(/of 3 may be called/)).toBeVisible();
  const reason = page.getByRole("row").filter({ hasText: "Invalid number" });
  await expect(reason).toContainText("33.3%");
  await expect(page.getByRole("img", { name: /^Of all rows/ })).toBeVisible();
  await expect(page.getByText("Demo Bank, Cards").first()).toBeVisible();
  await expectReadable(page);

  const download = await takeList(page, "Download result");
  expect(download.suggestedFilename()).toBe("leads-screened.csv");
  const rows: Record<string, string>[] = parse(await readFile(await download.path()), {
    delimiter: ";",
    columns: true,
  });
  expect(Object.keys(rows[0] ?? {})).toEqual([
    "id",
    "name",
    "phone",
    "verdict",
    "reasons",
    "callable_from",
    "screening_id",
  ]);
  expect(rows.map(({ name }) => name)).toEqual(["Okafor; Jane", "Leon Fabris", "Dana Whitlock"]);
  expect(rows[1]).toMatchObject({ verdict: "refuse", reasons: "number-invalid" });

  await page.getByRole("spinbutton", { name: "Row number" }).fill("2");
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { name: "Screening of a row" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Refused.");
  await expect(page.getByRole("heading", { name: "Invalid number" })).toBeVisible();
  await expectReadable(page);
});

const createSheet = (sheet: string, ...phones: number[]) => ({
  sheet,
  data: [[{ value: "phone" }], ...phones.map((value) => [{ type: Number, value }])],
});

test("the chosen sheet of a workbook is screened, with phones stored as numbers", async ({
  browser,
}) => {
  const workbook = await writeWorkbook([
    createSheet("April", 12_145_550_142),
    createSheet("May", 79_990_000_017, 2_145_550_142),
  ]).toBuffer();
  const page = await signedInPage(browser, "officer", "/scrubs/new");
  await choose(page, "spring.xlsx", workbook);
  await expect(page.getByText("1 of 1 rows shown contain a valid number.")).toBeVisible();
  await page.getByRole("combobox", { name: "Sheet of the workbook" }).selectOption("May");
  await expect(page.getByText("+7 999 000-00-17")).toBeVisible();
  await expectReadable(page);
  await page.getByRole("button", { name: "Upload and screen" }).click();
  await expect(page.getByRole("heading", { name: "spring.csv", level: 1 })).toBeVisible();
  await expect(page.getByText(/of 2 may be called/)).toBeVisible();

  await page.goto("/scrubs/new");
  await choose(page, "spring.xlsx", workbook.subarray(0, 400));
  await expect(page.getByRole("alert", { name: "This workbook cannot be read" })).toBeVisible();
});

test("an officer screens a file that is larger than the request body that Next keeps", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/scrubs/new");
  const name = "x".repeat(106);
  const rows = Array.from({ length: 120_000 }, (_, n) => `+1214${2_000_000 + n};${name}\n`);
  await chooseLarge(page, "all.csv", `phone;name\n${rows.join("")}`);
  await page.getByRole("button", { name: "Upload and screen" }).click();

  await expect(page.getByRole("heading", { name: "all.csv", level: 1 })).toBeVisible();
  await expect(page.getByText(/of 120,000 may be called/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0);

  const before = page.url();
  await page.getByRole("button", { name: "Screen again" }).click();
  await expect(page).not.toHaveURL(before);
  await page.goto("/scrubs");
  const again = page.getByRole("row").filter({ hasText: "all.csv" });
  await expect(again).toHaveCount(2);
  await expect(again.first()).toContainText("done", { timeout: 60_000 });
  await expect(again.first()).toContainText("120,000");
});

test("a file that cannot be screened is reported before or after the upload", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/scrubs/new");
  await choose(page, "empty.csv", "");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The file is empty");

  await choose(page, "notes.csv", "a,b\nx,y\n");
  await expect(page.getByRole("button", { name: "Upload and screen" })).toHaveAccessibleDescription(
    "Choose the column with phone numbers.",
  );

  const endless = `phone,note\n+12145550142,x\n1,"${"x".repeat(30_000_000)}`;
  await chooseLarge(page, "endless.csv", endless);
  await page.getByRole("button", { name: "Upload and screen" }).click();
  const failed = page.getByRole("group", { name: "The file could not be screened" });
  await expect(failed).toContainText("Check for a quotation mark that is opened but never closed.");
  await expectReadable(page);
});

test("an auditor may read scrubs but not start one", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/scrubs");
  await expect(page.getByRole("button", { name: "Screen a file" })).toHaveAccessibleDescription(
    "For owners, officers, and marketers",
  );
  const list = await page.request.get("/api/scrubs.csv");
  expect(await list.text()).toContain(",leads.csv,done,3,");

  await page.getByRole("link", { name: "leads.csv" }).click();
  await expect(page.getByText(/of 3 may be called/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Screen again" })).toHaveAccessibleDescription(
    "For owners, officers, and marketers",
  );
});

test("an agent may not open scrubs, and is told why and who may", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  const answer = await page.goto("/scrubs");
  expect(answer?.status()).toBe(403);
  const why = page.getByRole("group", { name: "You don’t have access to “Scrubs” as an agent." });
  await expect(why).toContainText("Only owners, officers, marketers, and auditors have access.");
  await expectReadable(page);

  const sent = await page.request.post("/api/uploads/scrubs?header=true&purpose=marketing", {
    headers: { "sec-fetch-site": "same-origin", "content-type": "text/csv" },
    data: leads,
  });
  expect(sent.status()).toBe(403);
  expect((await page.request.get("/api/scrubs.csv")).status()).toBe(403);
});

test("no other site can upload a file in a member's name", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  for (const site of ["cross-site", "same-site", "none"]) {
    const sent = await page.request.post("/api/uploads/scrubs?header=true&purpose=marketing", {
      headers: { "sec-fetch-site": site, "content-type": "text/csv" },
      data: leads,
    });
    expect(sent.status()).toBe(403);
  }
});
