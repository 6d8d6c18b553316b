import { expect, type Page, test } from "@playwright/test";
import { pageOf } from "./demo";
import { expectReadable } from "./looks";

const dialogOf = (page: Page) => page.getByRole("dialog");
const save = (page: Page) => dialogOf(page).getByRole("button", { name: "Save" }).click();

test("an owner adds a seller, whose key is made of its name, and changes what it sells", async ({
  browser,
}) => {
  const page = await pageOf(browser, "owner", "/organization");
  await page.getByRole("button", { name: "Add a seller" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Банк «Север»");
  await expect(dialog.getByRole("textbox", { name: "Key" })).toHaveValue("bank-sever");
  await expectReadable(page);

  await dialog.getByRole("textbox", { name: "Key" }).fill("demo-bank");
  await save(page);
  await expect(dialog.getByRole("alert")).toContainText("Another seller has the key “demo-bank”");
  await dialog.getByRole("textbox", { name: "Key" }).fill("north");
  await save(page);
  const row = page.getByRole("row", { name: /Банк «Север»/ });
  await expect(row).toContainText("north");
  await expect(row).toContainText("Only who agreed");

  await row.getByRole("button", { name: "Change Банк «Север»" }).click();
  await dialog.getByLabel("What it sells").selectOption("Pensions");
  await dialog.getByRole("radio", { name: /Who did not refuse/ }).check();
  await save(page);
  await expect(row).toContainText("Pensions");
  await expect(row).toContainText("Who did not refuse");
});

test("an officer adds a purpose below another, and renames it", async ({ browser }) => {
  const page = await pageOf(browser, "officer", "/organization");
  await page.getByRole("button", { name: "Add a purpose" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("Below").selectOption("Loans (marketing.loans)");
  await expect(dialog.getByText("As what it stands below: Advertising.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Mortgages");
  await expect(dialog.getByText("Requests name it marketing.loans.mortgages.")).toBeVisible();
  await expectReadable(page);
  await save(page);
  const row = page.getByRole("row", { name: /marketing\.loans\.mortgages/ });
  await expect(row).toContainText("Advertising");

  await row.getByRole("button", { name: "Rename Mortgages" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Home loans");
  await save(page);
  await expect(row).toContainText("Home loans");
});

test("what dials is changed, and who changed it is on record", async ({ browser }) => {
  const page = await pageOf(browser, "owner", "/organization");
  const choose = async (name: RegExp) => {
    await page.getByRole("radio", { name }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  };
  await choose(/Predictive dialer/);
  await page.goto("/audit");
  await expect(page.getByRole("row", { name: /changed the organization/ }).first()).toContainText(
    "predictive",
  );
  await page.goto("/organization");
  await expect(page.getByRole("radio", { name: /Predictive dialer/ })).toBeChecked();
  await choose(/A person dials/);
});

test("a marketer sees all of it, and why they may change nothing", async ({ browser }) => {
  const page = await pageOf(browser, "marketer", "/organization");
  await expect(page.getByRole("row", { name: /demo-bank/ })).toBeVisible();
  for (const name of ["Save", "Add a seller", "Add a purpose"]) {
    const button = page.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription("For owners and officers");
  }
  await expect(page.getByRole("button", { name: /^(Change|Rename)/ })).toHaveCount(0);
});
