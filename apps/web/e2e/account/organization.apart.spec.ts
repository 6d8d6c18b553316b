import { CreateOrganization } from "@ringfence/core/account/organization";
import { hashPassword } from "@ringfence/services/account/member";
import {
  createFoundingContext,
  createOrganization,
} from "@ringfence/services/account/organization";
import { type Browser, expect, type Page } from "@playwright/test";
import { openInstallation } from "../../testing/open-installation";
import { signedInPage, openSignedInPage, unfold } from "../platform/demo";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

const owner = { name: "Ada", email: "ada@founded.example", password: "a field of poppies" };

/** Signs in as the owner of a new organization, because other tests use the demo's data. */
async function asItsOwner(browser: Browser) {
  const founding = CreateOrganization.parse({
    name: "Founded",
    homeRegion: "US",
    zone: "UTC",
    locale: "en",
    seller: { name: "Example Bank" },
    owner,
  });
  const { db } = installation;
  const where = { email: owner.email };
  if ((await db.prisma.member.count({ where })) === 0) {
    await createOrganization(await createFoundingContext(installation), founding);
    const passwordHash = await hashPassword(owner.password);
    await db.prisma.member.updateMany({ where, data: { passwordHash, hasFirstPassword: false } });
  }
  const page = await openSignedInPage(browser, owner);
  await page.goto("/organization");
  return page;
}

const dialogOn = (page: Page) => page.getByRole("dialog");
const save = (page: Page) => dialogOn(page).getByRole("button", { name: "Save" }).click();

test("an owner adds a seller with a key made from its name, and changes its sector", async ({
  browser,
}) => {
  const page = await asItsOwner(browser);
  await page.getByRole("button", { name: "Add a seller" }).click();
  const dialog = dialogOn(page);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Банк «Север»");
  await expect(dialog.getByText("Key bank-sever. Only people who consented")).toBeVisible();
  await unfold(dialog, "Advanced");
  await expect(dialog.getByRole("textbox", { name: "Key" })).toHaveValue("bank-sever");
  await expectReadable(page);

  await dialog.getByRole("textbox", { name: "Key" }).fill("example-bank");
  await save(page);
  await expect(dialog.getByRole("alert")).toContainText("has the key “example-bank”");
  await dialog.getByRole("textbox", { name: "Key" }).fill("north");
  await save(page);
  const row = page.getByRole("row", { name: /Банк «Север»/ });
  await expect(row).toContainText("north");
  await expect(row).toContainText("Only people who consented");

  await row.getByRole("button", { name: "Change Банк «Север»" }).click();
  await dialog.getByLabel("Industry").selectOption("Pensions");
  await dialog.getByRole("radio", { name: /People who have not opted out/ }).check();
  await save(page);
  await expect(row).toContainText("Pensions");
  await expect(row).toContainText("People who have not opted out");
});

test("an owner adds a purpose below another, and renames it", async ({ browser }) => {
  const page = await asItsOwner(browser);
  await page.getByRole("button", { name: "Add a purpose" }).click();
  const dialog = dialogOn(page);
  await dialog.getByLabel("Parent purpose").selectOption("Marketing (marketing)");
  await expect(dialog.getByText("Same as its parent purpose: Advertising.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Mortgages");
  await expect(dialog.getByText("Key marketing.mortgages", { exact: true })).toBeVisible();
  await unfold(dialog, "Advanced");
  await expect(dialog.getByText("Requests use marketing.mortgages.")).toBeVisible();
  await expectReadable(page);
  await save(page);
  const row = page.getByRole("row", { name: /marketing\.mortgages/ });
  await expect(row).toContainText("Advertising");

  await row.getByRole("button", { name: "Rename Mortgages" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Home loans");
  await save(page);
  await expect(row).toContainText("Home loans");
});

test("a change of dialer and hours is saved and audited", async ({ browser }) => {
  const page = await asItsOwner(browser);
  await page.getByRole("radio", { name: /Predictive dialer/ }).check();
  await unfold(page, "Advanced");
  await page.getByRole("checkbox", { name: /^Set our own hours/ }).check();
  await page.getByRole("checkbox", { name: "Saturday", exact: true }).uncheck();
  const until = page.getByRole("textbox", { name: "Until" });
  await until.fill("08:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Some fields are missing or invalid")).toBeVisible();
  await until.fill("18:30");
  await expectReadableAnywhere(page, "hours of an organization");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: /Predictive dialer/ })).toBeChecked();
  await unfold(page, "our own calling hours");
  await expect(until).toHaveValue("18:30");
  await expect(page.getByRole("checkbox", { name: "Saturday", exact: true })).not.toBeChecked();

  await page.goto("/audit");
  const entries = page.getByRole("row", { name: /changed the organization/ });
  await expect(entries.first()).toContainText("dialing method: predictive dialer");
  await expect(entries.first()).toContainText("calling hours: Mon Tue Wed Thu Fri 09:00-18:30");
});

test("a marketer sees all settings, and why they may not change them", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/organization");
  await expect(page.getByRole("row", { name: /demo-bank/ })).toBeVisible();
  for (const name of ["Save", "Add a seller", "Add a purpose"]) {
    const button = page.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription("For owners and officers");
  }
  await expect(page.getByRole("button", { name: /^(Change|Rename)/ })).toHaveCount(0);
});
