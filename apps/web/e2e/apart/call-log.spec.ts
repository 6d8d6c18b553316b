import { expect } from "@playwright/test";
import { pageOf as demoPageOf } from "../demo";
import { exampleGroup } from "../example-group";
import { expectReadableAnywhere } from "../looks";
import { test } from "../test";

const { pageOf } = exampleGroup();

const log = {
  name: "calls.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "uniqueid,phone,brand,call date,duration,disposition\nl-1,(214) 555-0191,bank,03/01/2026 09:00,01:10,SALE\n",
  ),
};

test("an officer uploads a dialer's log", async ({ browser }) => {
  const page = await pageOf(browser, "officer", "/imports/new");
  await page.getByRole("radio", { name: "Calls from a dialer’s log" }).check();
  await page.getByLabel("File", { exact: true }).setInputFiles(log);
  await page.getByRole("button", { name: "Send and look at it" }).click();
  await expect(page.getByRole("heading", { name: "calls.csv" })).toBeVisible();
  await page.getByRole("textbox", { name: "Purpose" }).fill("marketing");
  await page.getByRole("textbox", { name: "Purpose" }).blur();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("1 row was read")).toBeVisible({ timeout: 60_000 });
});

test("a marketer is offered files of contacts and activities alone", async ({ browser }) => {
  const page = await demoPageOf(browser, "marketer", "/imports/new");
  await expect(page.getByRole("main").getByRole("radio")).toHaveCount(2);
  await expectReadableAnywhere(page, "a marketer's import");
});
