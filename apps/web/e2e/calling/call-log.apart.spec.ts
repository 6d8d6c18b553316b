import { expect } from "@playwright/test";
import { signedInPage as demoPage } from "../platform/demo";
import { exampleGroup } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

const log = {
  name: "calls.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "uniqueid,phone,brand,call date,duration,disposition\nl-1,(214) 555-0191,bank,03/01/2026 09:00,01:10,SALE\n",
  ),
};

test("an officer uploads a dialer's log", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/imports/new");
  await page.getByRole("radio", { name: "Calls from a dialer’s log" }).check();
  await page.getByLabel("File", { exact: true }).setInputFiles(log);
  await page.getByRole("button", { name: "Upload and preview" }).click();
  await expect(page.getByRole("heading", { name: "calls.csv" })).toBeVisible();
  await page.getByRole("combobox", { name: "Purpose", exact: true }).selectOption("marketing");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("1 row was read")).toBeVisible({ timeout: 60_000 });
});

test("a marketer may import only contacts and activities", async ({ browser }) => {
  const page = await demoPage(browser, "marketer", "/imports/new");
  await expect(page.getByRole("main").getByRole("radio")).toHaveCount(2);
  await expectReadableAnywhere(page, "a marketer's import");
});
