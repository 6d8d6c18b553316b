import { readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { exampleGroup } from "../platform/example-group";
import { connecting, field } from "./registry-steps";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";

test.describe.configure({ mode: "serial" });

const { signedInPage } = exampleGroup();

/** Longer than the part of a body that Next's proxy passes on: 14 MB. */
const numbers = 120_000;
const note = "x".repeat(106);
const row = (n: number) => `+1214${2_000_000 + n};${note}\n`;
/** The beginning of the file, up to the end of a line. */
const firstLines = (count: number) =>
  `phone;note\n${Array.from({ length: count }, (_, n) => row(n)).join("")}`;
const last = "(214) 211-9999";

/** Uploads as a page does, apart from the headers that the test changes. */
const post = (page: Page, address: string, sent: string, headers: Record<string, string>) =>
  page.request.post(address, {
    headers: { "sec-fetch-site": "same-origin", "content-type": "text/csv", ...headers },
    data: sent,
  });

const declare = (content: string) => ({
  "upload-length": String(Buffer.byteLength(content)),
  "content-digest": `sha-256=:${createHash("sha256").update(content).digest("base64")}:`,
});

test("an upload that was cut off, changed or not declared is rejected, and one of 14 MB arrives completely", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/registries/connect");
  await field(page, "Name").fill("Partner South");
  await field(page, "Code").fill("partner-south");
  await page.getByRole("radio", { name: /^Uploaded by hand/ }).check();
  await page.getByLabel("Sample file").setInputFiles({
    name: "sample.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(firstLines(4)),
  });
  await expect(page.getByText("4 lines, 4 numbers listed")).toBeVisible();
  await connecting(page);
  const put = page.getByRole("region", { name: "Upload a new edition" });
  await expect(put).toBeVisible();
  const registry = new URL(page.url()).pathname.split("/").at(-1);
  const address = `/api/uploads/registries/${registry}`;

  const [whole, cut] = [firstLines(45), firstLines(30)];
  const [short, changed, long, undeclared] = await Promise.all([
    post(page, address, cut, declare(whole)),
    post(page, address, whole.replace("2000001", "2000009"), declare(whole)),
    post(page, address, whole, declare(cut)),
    post(page, address, whole, {}),
  ]);
  const answers = [short, changed, long, undeclared];
  expect(answers.map((answer) => answer.status())).toEqual([400, 400, 400, 400]);
  const sentences = await Promise.all(answers.map(async (answer) => (await answer.json()).message));
  expect(sentences).toEqual([
    expect.stringMatching(/^The file was cut off on the way: 3,611 bytes of 5,411 arrived\./),
    expect.stringMatching(/^The file changed on the way/),
    expect.stringMatching(/^More arrived than the file’s 3,611 bytes\./),
    expect.stringMatching(/^The request does not give the file’s length/),
  ]);
  await page.reload();
  await expect(page.getByText("No edition has been read")).toBeVisible();

  const file = test.info().outputPath("south.csv");
  writeFileSync(file, firstLines(numbers));
  await put.getByLabel("Registry file").setInputFiles(file);
  await put.getByRole("button", { name: "Send it" }).click();
  const edition = page.getByRole("row").filter({ hasText: "1, full list" });
  await expect(edition).toContainText("in force", { timeout: 60_000 });
  await expect(edition).toContainText("120,000");

  const then = page.getByRole("region", { name: "Was a number listed on a given day?" });
  await then.getByRole("textbox", { name: "Phone" }).fill(last);
  await then.getByLabel("Day").fill(new Date().toISOString().slice(0, 10));
  await then.getByRole("button", { name: "Look up" }).click();
  await expect(then.getByText(/^Listed in edition 1, read /)).toBeVisible();
});

test("no other upload accepts a file that was cut off", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/registries/reassigned");
  const whole = "phone\n+12142000000\n+12142000001\n";
  const cut = "phone\n+12142000000\n";
  const addresses = [
    "/api/uploads/imports?kind=opt_outs",
    "/api/uploads/scrubs?header=true&purpose=marketing&seller=bank",
    "/api/uploads/line-types",
  ];
  for (const address of addresses) {
    const answer = await post(page, address, cut, declare(whole));
    expect(answer.status(), address).toBe(400);
    expect((await answer.json()).message, address).toContain("The file was cut off on the way");
  }
  await page.getByRole("button", { name: "Create query" }).click();
  const row = page.getByRole("row").filter({ hasText: "File 1" });
  await expect(row).toContainText("not yet");
  const download = await takeList(page, "File 1");
  const query = new URL(download.url()).pathname.split("/")[3];
  const questions = readFileSync(await download.path(), "utf8");
  const answers = questions.replaceAll(/\r?\n/g, ",no\n");
  const half = answers.slice(0, answers.length / 2);
  const sent = await post(page, `/api/uploads/reassigned/${query}`, half, declare(answers));
  expect(sent.status()).toBe(400);
  expect((await sent.json()).message).toContain("The file was cut off on the way");
  await page.reload();
  await expect(row).toContainText("not yet");
});
