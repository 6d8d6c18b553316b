import { expect, type Page } from "@playwright/test";
import { expectReadable } from "./looks";

export const count = (page: Page) =>
  page.getByText(/^\d+ (person matches|people match)(?! this row alone)/);
const inWords =
  "In words: country is US or RU and (purchase: at least 1 time or (none of these: visit: at least 1 time)).";
/** Of the rule as it stands, not as it was a moment ago. */
export async function figure(page: Page) {
  const line = page.getByRole("status").filter({ has: count(page) });
  await expect(line).toHaveAttribute("aria-busy", "false");
  return Number.parseInt(await count(page).innerText(), 10);
}
export const step = (page: Page, name: RegExp) => page.getByRole("row", { name });

/** A row, what it asks about, and its values. */
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

/** Six people with masked numbers, and how all of them are spread. */
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

/** A group within, and one within that. */
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

/** Takes the last choice back, and makes it again. */
async function undoAndRedo(page: Page) {
  const chosen = page
    .getByRole("group", { name: "None of these" })
    .getByRole("combobox", { name: "Activity" });
  await page.keyboard.press("Control+z");
  await expect(chosen).toHaveValue("purchase");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(chosen).toHaveValue("visit");
}

/** A rule of three levels; answers how many there are, how many live there, and how many it is of. */
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

/** Somebody of the segment, and why they are in it. */
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
