import { expect, type Page } from "@playwright/test";
import { expectReadable } from "../platform/looks";

export const count = (page: Page) =>
  page.getByText(/^\d+ (person matches|people match)(?! this row alone)/);
const inWords =
  "In words: country is US or RU and (purchase: at least 1 time or (none of these: visit: at least 1 time)).";
/** Reads the count once it belongs to the current rule. */
export async function figure(page: Page) {
  const line = page.getByRole("status").filter({ has: count(page) });
  await expect(line).toHaveAttribute("aria-busy", "false");
  return Number.parseInt(await count(page).innerText(), 10);
}
export const step = (page: Page, name: RegExp) => page.getByRole("row", { name });

/** Adds a condition on countries with the keyboard. */
async function addCountriesByKeyboard(page: Page) {
  await page.getByRole("button", { name: "Add condition" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Condition type" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Field" })).toBeFocused();
  await page.keyboard.type("cou");
  await expect(page.getByRole("combobox", { name: "Field" })).toHaveValue("@country");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByText("This needs at least 1 item.")).toBeVisible();
  await page.keyboard.type("US; RU");
  await expect(page.getByText("This needs at least 1 item.")).toHaveCount(0);
}

/** Expects six people with masked numbers, and a breakdown that covers all. */
async function expectTold(page: Page, people: number) {
  const six = page.getByRole("table", { name: /^Six random people/ });
  await expect(six.getByRole("rowheader")).toHaveCount(Math.min(6, people));
  await expect(six).toContainText("•••••");
  const first = await six.innerText();
  await page.getByRole("button", { name: "Show others" }).click();
  await expect(six).not.toHaveText(first, { useInnerText: true });

  const bars = page.getByRole("table", { name: /^People in this segment by/ });
  await expect(bars).toHaveCount(2);
  const cells = bars.first().getByRole("cell");
  const sum = async () =>
    (await cells.allInnerTexts()).reduce((sum, text) => sum + Number(text || 0), 0);
  await expect.poll(sum).toBe(people);
  await page.getByRole("combobox", { name: "By", exact: true }).selectOption("country");
  await expect(page.getByRole("table", { name: /by country/ })).toContainText("US");
}

/** Adds a group, and another one inside it. */
async function addGroupsByMouse(page: Page) {
  await page.getByRole("button", { name: "Add group" }).click();
  const second = page.getByRole("group", { name: "Any of these" });
  await second.getByRole("button", { name: "Add activity" }).click();
  await second.getByRole("button", { name: "Add group" }).click();
  const third = second.getByRole("group", { name: "Any of these" });
  await third.getByRole("combobox", { name: "How rows combine" }).selectOption("none");
  const none = page.getByRole("group", { name: "None of these" });
  await none.getByRole("button", { name: "Add activity" }).click();
  await none.getByRole("combobox", { name: "Activity" }).selectOption("visit");
  await expect(page.getByText(inWords)).toBeVisible();
}

/** Undoes the last choice and redoes it. */
async function undoAndRedo(page: Page) {
  const chosen = page
    .getByRole("group", { name: "None of these" })
    .getByRole("combobox", { name: "Activity" });
  await page.keyboard.press("Control+z");
  await expect(chosen).toHaveValue("purchase");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(chosen).toHaveValue("visit");
}

/** Builds a rule of three levels. Returns the counts without a rule, for its first row, and for all of it. */
export async function buildRule(page: Page) {
  const everybody = await figure(page);
  await expect(step(page, /^Can be called now/)).toBeVisible();
  await expect(step(page, /^All contacts/)).toContainText(String(everybody));

  await addCountriesByKeyboard(page);
  const abroad = await figure(page);
  await expect(step(page, /^Segment/)).toContainText(String(abroad));
  await expect(page.getByText("In words: country is US or RU.")).toBeVisible();

  await addGroupsByMouse(page);
  const built = await figure(page);
  await expect(step(page, /^Segment/)).toContainText(String(built));
  await expect(page.getByText(`${abroad} people match this row alone`).first()).toBeVisible();
  await expectReadable(page);
  await undoAndRedo(page);
  await expectTold(page, built);
  await expectReadable(page);
  return { everybody, abroad, built };
}

/** Opens a person of the segment and expects an explanation of the match. */
export async function expectExplained(page: Page) {
  await page
    .getByRole("link", { name: /^(Consent|Calling hours|Can be called now|Registries)$/ })
    .first()
    .click();
  const person = page.getByRole("table", { name: "People at this step" });
  await expect(person).toContainText("•••••");
  await person.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Why they are in the segment" })).toBeVisible();
  await expect(page.getByText(/^Chance of accepting a call:/)).toBeVisible();
  await expect(
    page.getByRole("listitem").filter({ hasText: "country is US or RU" }).last(),
  ).toBeVisible();
  await expectReadable(page);
}
