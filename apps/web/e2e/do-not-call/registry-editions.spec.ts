import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { connect, publish, readAgain } from "./registry-steps";
import { createWorkbook } from "./workbook";
import { test } from "../platform/test";

test("an officer connects a table by mapping, rolls back an edition, and it is not applied again", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer");
  publish("partner-east", 200);
  await connect(page, "Partner East", "partner-east");
  await page.getByRole("checkbox", { name: "since" }).check();
  await page.getByRole("checkbox", { name: "phone" }).uncheck();
  await expect(
    page.getByText(/sample\.csv, line 2: column since has no phone number/),
  ).toBeVisible();
  await page.getByRole("checkbox", { name: "phone" }).check();
  await page.getByRole("checkbox", { name: "since" }).uncheck();
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");
  publish("partner-east", 210);
  await readAgain(page, "Partner East");
  await expect(page.getByRole("row").filter({ hasText: "2, full list" })).toContainText("in force");

  await expect(page.getByRole("region", { name: "In force" })).toContainText("+10 −0");
  await page.getByRole("link", { name: "2, full list" }).click();
  await expect(page.getByRole("heading", { name: "Edition 2", level: 1 })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "added" })).toHaveCount(10);
  await expect(page.getByRole("row").filter({ hasText: /214\s200\s0209/ })).toBeVisible();
  await expectReadableAnywhere(page, "an edition");
  await page.getByRole("link", { name: "Partner East" }).click();

  const then = page.getByRole("region", { name: "Was a number listed on a given day?" });
  await then.getByRole("textbox", { name: "Phone" }).fill("(214) 200-0209");
  await then.getByLabel("Day").fill(new Date().toISOString().slice(0, 10));
  await then.getByRole("button", { name: "Look up" }).click();
  await expect(then.getByText(/^Not listed in edition 1, read /)).toBeVisible();
  await expect(then.getByText(/^Listed in edition 2, read /)).toBeVisible();
  await expectReadableAnywhere(page, "what a registry said on a day");
  await then.getByLabel("Day").fill("2020-03-02");
  await then.getByRole("button", { name: "Look up" }).click();
  await expect(then.getByText(/^No edition was in force that day/)).toBeVisible();
  await expect(page).not.toHaveURL(/0209/);

  await page.getByRole("button", { name: "Roll back to edition 1" }).click();
  const dialog = page.getByRole("dialog");
  await expectReadable(page);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("They sent ten by mistake");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  const returned = page.getByRole("row").filter({ hasText: "3, rollback" });
  await expect(returned).toContainText("in force");
  await expect(returned).toContainText(/Rolled back by Officer, .*: They sent ten by mistake/);

  await readAgain(page, "Partner East");
  const held = page.getByRole("group", { name: "An edition is held for review" });
  await expect(held).toContainText("These are the same files as in edition 2");
  await expectReadable(page);
});

test("a list in a known format is uploaded by hand, and its server settings are requested", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/registries/connect");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Preference Service");
  await page.getByRole("textbox", { name: "Code" }).fill("tps-copy");
  await page.getByRole("combobox", { name: "File format" }).selectOption({
    label: "Singapore DNC results: Filtered Numbers, or the answer of the service",
  });
  await expect(page.getByText(/^Unconfirmed: we found no documentation/)).toBeVisible();
  await page.getByRole("combobox", { name: "File format" }).selectOption("gb-tps");
  await expect(
    page.getByText(
      "Follows the publisher’s documentation. The update file: unconfirmed, because no documentation was found.",
    ),
  ).toBeVisible();
  await page.getByRole("radio", { name: /^SFTP server/ }).check();
  await page.getByRole("textbox", { name: "Server" }).fill("sftp.registry.example");
  await page.getByRole("textbox", { name: "User name" }).fill("ada");
  await page.getByRole("textbox", { name: "Path" }).fill("/lists");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "Enter the secret. The source cannot be read without it.",
  );
  await expectReadable(page);
  await page.getByRole("radio", { name: /^Uploaded by hand/ }).check();
  await page.getByRole("button", { name: "Connect and read" }).click();

  const put = page.getByRole("region", { name: "Upload a new edition" });
  await expect(put).toBeVisible();
  await expectReadable(page);
  await put.getByLabel("Registry file").setInputFiles({
    name: "tps.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("0207 3787244\r\n01635 506160\r\n"),
  });
  await put.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");
  await expect(page.getByText("tps.txt")).toBeVisible();

  await put.getByLabel("Registry file").setInputFiles({
    name: "tps.xlsx",
    mimeType: "",
    buffer: await createWorkbook({ TPS: [["02073787244"], ["01635506160"], ["07860338653"]] }),
  });
  await put.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByRole("row").filter({ hasText: "2, full list" })).toContainText("in force");
});

test("a sheet of a workbook is previewed", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/registries/connect");
  await page.getByLabel("Sample file").setInputFiles({
    name: "sample.xlsx",
    mimeType: "",
    buffer: await createWorkbook({
      Notes: [["From the partner in March"]],
      List: [["phone"], ["+1 214 200 0301"], ["+1 214 200 0302"]],
    }),
  });
  await page.getByLabel("Sheet of the workbook").selectOption("List");
  await expect(page.getByText("2 lines, 2 numbers listed")).toBeVisible();
  await expectReadable(page);
});
