import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pageOf } from "./demo";
import { listOf, publish } from "./registry-folder";

const national = "US National Do Not Call Registry";

async function expectReadable(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Connects a list of the organization's own, read from a folder, by a sample of it. */
async function connect(page: Page, name: string, folder: string) {
  await page.goto("/registries");
  await page.getByRole("link", { name: "Connect a registry" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Code" }).fill(folder);
  await page.getByRole("radio", { name: /^A folder/ }).check();
  await page.getByRole("textbox", { name: "Path of the folder" }).fill(folder);
  await page.getByLabel("A file of it").setInputFiles({
    name: "sample.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(listOf(3)),
  });
  await expect(page.getByText("3 lines, 3 numbers listed")).toBeVisible();
}

const readAgain = (page: Page, name: string) =>
  page.getByRole("button", { name: `Read now: ${name}` }).click();

test("an officer has a registry read, and sees what came of it", async ({ browser }) => {
  const page = await pageOf(browser, "officer", "/registries");
  const row = page.getByRole("row").filter({ hasText: national });
  await expect(row).toContainText("of 31 days");
  await expect(row).toContainText("20,000");
  await expectReadable(page);

  await row.getByRole("link", { name: national }).click();
  await expect(page.getByRole("heading", { name: national, level: 1 })).toBeVisible();
  const edition = page.getByRole("row").filter({ hasText: "1, full list" });
  await expect(edition).toContainText("in force");
  const unchanged = page.getByRole("row").filter({ hasText: "Nothing new" });
  const before = await unchanged.count(); // the nightly reading may be there, or not yet

  await page.goBack();
  await readAgain(page, national);
  await expect(page.getByRole("button", { name: `Read now: ${national}` })).toBeEnabled();
  await row.getByRole("link", { name: national }).click();
  await expect(unchanged).toHaveCount(before + 1);
  await expect(edition).toContainText("in force");
  await expectReadable(page);
});

test("a list of one's own is connected by a mapping that is shown before it is used", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer");
  publish("partner-north", 200);
  await connect(page, "Partner North", "partner-north");

  await page.getByRole("checkbox", { name: "phone" }).uncheck();
  await page.getByRole("checkbox", { name: "since" }).check();
  await expect(page.getByText("So it could not be read")).toBeVisible();
  await expect(page.getByText(/sample\.csv, line 2: there is no phone number/)).toBeVisible();
  await expectReadable(page);
  await page.getByRole("checkbox", { name: "since" }).uncheck();
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "Choose at least one column of phones.",
  );
  await page.getByRole("checkbox", { name: "phone" }).check();
  await page.getByRole("button", { name: "Connect and read" }).click();

  await expect(page.getByRole("heading", { name: "Partner North", level: 1 })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("200");
});

test("an edition that lost too much is held, until an officer says why it is so or not", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer");
  publish("partner-south", 200);
  await connect(page, "Partner South", "partner-south");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");

  publish("partner-south", 20);
  await readAgain(page, "Partner South");
  const held = page.getByRole("group", { name: "An edition is held" });
  await expect(held).toContainText("20 numbers are listed after 200");
  await expect(held.getByRole("row", { name: /^Removed/ })).toContainText("180");
  await held.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Say why, in a few words.");
  await expectReadable(page);
  await dialog.getByRole("textbox", { name: "Why" }).fill("Their export was cut off");
  await dialog.getByRole("button", { name: "Reject" }).click();
  const rejected = page.getByRole("row").filter({ hasText: "rejected" });
  await expect(rejected.first()).toContainText(/Rejected by Officer, .*: Their export was cut off/);
  await expect(held).toHaveCount(0);

  publish("partner-south", 30);
  await readAgain(page, "Partner South");
  await held.getByRole("button", { name: "Accept" }).click();
  await dialog.getByRole("textbox", { name: "Why" }).fill("They confirmed it");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("row").filter({ hasText: "2, full list" })).toContainText("in force");
});

test("an officer goes back to an earlier edition, and what was undone is not taken again", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer");
  publish("partner-east", 200);
  await connect(page, "Partner East", "partner-east");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");
  publish("partner-east", 210);
  await readAgain(page, "Partner East");
  await expect(page.getByRole("row").filter({ hasText: "2, full list" })).toContainText("in force");

  await page.getByRole("button", { name: "Go back to edition 1" }).click();
  const dialog = page.getByRole("dialog");
  await expectReadable(page);
  await dialog.getByRole("textbox", { name: "Why" }).fill("They sent ten by mistake");
  await dialog.getByRole("button", { name: "Go back" }).click();
  const returned = page.getByRole("row").filter({ hasText: "3, return to an earlier one" });
  await expect(returned).toContainText("in force");
  await expect(returned).toContainText(/Brought back by Officer, .*: They sent ten by mistake/);

  await readAgain(page, "Partner East");
  const held = page.getByRole("group", { name: "An edition is held" });
  await expect(held).toContainText("These are the very files of edition 2");
  await expectReadable(page);
});

test("a list that is known by its form is put in by hand, and what its server would need is asked for", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer", "/registries/connect");
  await page.getByRole("textbox", { name: "Name" }).fill("Preference Service");
  await page.getByRole("textbox", { name: "Code" }).fill("tps-copy");
  await page.getByRole("combobox", { name: "Its files" }).selectOption({
    label: "Singapore DNC results: Filtered Numbers, or the answer of the service",
  });
  await expect(page.getByText(/^Assumed: no description was found/)).toBeVisible();
  await page.getByRole("combobox", { name: "Its files" }).selectOption("gb-tps");
  await expect(page.getByText("As its publisher describes it.")).toBeVisible();
  await page.getByRole("radio", { name: /^An SFTP server/ }).check();
  await page.getByRole("textbox", { name: "Host" }).fill("sftp.registry.example");
  await page.getByRole("textbox", { name: "User" }).fill("ada");
  await page.getByRole("textbox", { name: "Path on the server" }).fill("/lists");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "Enter the secret: nothing is read without it.",
  );
  await expectReadable(page);
  await page.getByRole("radio", { name: /^Put in by hand/ }).check();
  await page.getByRole("button", { name: "Connect and read" }).click();

  const put = page.getByRole("region", { name: "Put in an edition" });
  await expect(put).toBeVisible();
  await expectReadable(page);
  await put.getByLabel("A file of the registry").setInputFiles({
    name: "tps.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("0207 3787244\r\n01635 506160\r\n"),
  });
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");
  await expect(page.getByText("tps.txt")).toBeVisible();
});

test("a reading that failed says why, and works once that is mended", async ({ browser }) => {
  const page = await pageOf(browser, "officer");
  publish("partner-west", 50);
  await connect(page, "Partner West", "nowhere");
  await page.getByRole("button", { name: "Connect and read" }).click();
  const failed = page.getByRole("group", { name: "The registry could not be read" });
  await expect(failed).toContainText("nowhere");
  await expect(page.getByText("No edition has been read")).toBeVisible();
  await expectReadable(page);

  await page.getByRole("link", { name: "Change" }).click();
  await page.getByRole("textbox", { name: "Path of the folder" }).fill("partner-west");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("50");
  await expect(failed).toHaveCount(0);
});
