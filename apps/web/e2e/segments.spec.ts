import { expect, type Page, test } from "@playwright/test";
import { pageOf } from "./demo";
import { expectReadable } from "./looks";

const count = (page: Page) => page.getByText(/^\d+ (person matches|people match)(?! this alone)/);
const inWords =
  "In words: country is US or RU and (purchase: at least 1 time or (none of these: visit: at least 1 time)).";
/** Of the rule as it stands, not as it was a moment ago. */
async function figure(page: Page) {
  const line = page.getByRole("status").filter({ has: count(page) });
  await expect(line).toHaveAttribute("aria-busy", "false");
  return Number.parseInt(await count(page).innerText(), 10);
}
const step = (page: Page, name: RegExp) => page.getByRole("row", { name });

/** A row, what it asks about, and its values. */
async function addCountriesByKeyboard(page: Page) {
  await page.getByRole("button", { name: "Condition" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "What it asks about" })).toBeFocused();
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
  const six = page.getByRole("table", { name: /^Six people of the rule/ });
  await expect(six.getByRole("rowheader")).toHaveCount(Math.min(6, people));
  await expect(six).toContainText("•••••");
  const first = await six.innerText();
  await page.getByRole("button", { name: "Draw others" }).click();
  await expect(six).not.toHaveText(first, { useInnerText: true });

  const bars = page.getByRole("table", { name: /^People of the rule by/ });
  await expect(bars).toHaveCount(2);
  const cells = bars.first().getByRole("cell");
  const sum = async () =>
    (await cells.allInnerTexts()).reduce((sum, text) => sum + Number(text || 0), 0);
  await expect.poll(sum).toBe(people);
  await page.getByRole("combobox", { name: "By what", exact: true }).selectOption("country");
  await expect(page.getByRole("table", { name: /by country/ })).toContainText("US");
}

test("a marketer builds a segment of three levels with keyboard and mouse, and sees who may be called", async ({
  browser,
}) => {
  test.slow();
  const page = await pageOf(browser, "marketer", "/segments");
  await page.getByRole("link", { name: "New segment" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Abroad, or bought");
  await expect(count(page)).toBeVisible();
  const everybody = await figure(page);
  await expect(step(page, /^Callable now/)).toBeVisible();
  await expect(step(page, /^All contacts/)).toContainText(String(everybody));

  await addCountriesByKeyboard(page);
  const abroad = await figure(page);
  expect(abroad).toBeLessThan(everybody);
  await expect(step(page, /^Segment/)).toContainText(String(abroad));
  await expect(page.getByText("In words: country is US or RU.")).toBeVisible();

  // With the mouse: a group within, and one within that.
  await page.getByRole("button", { name: "Group" }).click();
  const second = page.getByRole("group", { name: "Any of these" });
  await second.getByRole("button", { name: "Activity" }).click();
  await second.getByRole("button", { name: "Group" }).click();
  const third = second.getByRole("group", { name: "Any of these" });
  await third.getByRole("combobox", { name: "How the rows are joined" }).selectOption("none");
  const none = page.getByRole("group", { name: "None of these" });
  await none.getByRole("button", { name: "Activity" }).click();
  await none.getByRole("combobox", { name: "Activity" }).selectOption("visit");
  await expect(page.getByText(inWords)).toBeVisible();
  const built = await figure(page);
  expect(built).toBeLessThan(abroad);
  await expect(step(page, /^Segment/)).toContainText(String(built));
  await expect(page.getByText(`${abroad} people match this alone`).first()).toBeVisible();
  await expectReadable(page);

  await page.keyboard.press("Control+z");
  await expect(none.getByRole("combobox", { name: "Activity" })).toHaveValue("purchase");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(none.getByRole("combobox", { name: "Activity" })).toHaveValue("visit");

  await expectTold(page, built);
  await expectReadable(page);

  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Abroad, or bought", level: 1 })).toBeVisible();
  await expect(page.getByText(/^All were screened/)).toBeVisible({ timeout: 60_000 });
  await expect(step(page, /^Segment/)).toContainText(String(built));

  await page
    .getByRole("link", { name: /^(Consent|Hours|Callable now|Registries)$/ })
    .first()
    .click();
  const person = page.getByRole("table", { name: "People who ended at this step" });
  await expect(person).toContainText("•••••");
  await person.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Why in the segment" })).toBeVisible();
  await expect(page.getByText(/^The chance that this person accepts a call is/)).toBeVisible();
  await expect(
    page.getByRole("listitem").filter({ hasText: "country is US or RU" }).last(),
  ).toBeVisible();
  await expectReadable(page);
});

test("three levels are built by the keyboard alone", async ({ browser }) => {
  const page = await pageOf(browser, "marketer", "/segments/new");
  await expect(count(page)).toBeVisible();
  const everybody = await figure(page);
  const press = async (scope: Page | ReturnType<Page["getByRole"]>, name: string) => {
    await scope.getByRole("button", { name }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press(page, "Group");
  await expect(
    page.getByRole("combobox", { name: "How the rows are joined" }).nth(1),
  ).toBeFocused();
  const second = page.getByRole("group", { name: "Any of these" });
  await press(second, "Group");
  const joined = second.getByRole("combobox", { name: "How the rows are joined" }).nth(1);
  await expect(joined).toBeFocused();
  await page.keyboard.type("None");
  const none = page.getByRole("group", { name: "None of these" });
  await press(none, "Activity");
  await expect(
    page.getByText("In words: (none of these: purchase: at least 1 time)."),
  ).toBeVisible();
  await expect.poll(() => figure(page)).toBeLessThan(everybody);
  await expect(step(page, /^Segment/)).toContainText(String(await figure(page)));
});

test("the rule is text as well, and what is no rule changes nothing", async ({ browser }) => {
  const page = await pageOf(browser, "marketer", "/segments/new");
  await expect(count(page)).toBeVisible();
  const everybody = await figure(page);
  await page.getByRole("button", { name: "As JSON" }).click();
  const json = page.getByRole("textbox", { name: "The rule as JSON" });
  await json.fill('{ "is": "all", "of": [{ "is": "attribute" }] }');
  await expect(page.getByText("/of/0/field")).toBeVisible();
  await json.fill(
    '{ "is": "attribute", "field": "@region", "test": { "test": "one-of", "values": ["US-HI"] } }',
  );
  await expect.poll(() => figure(page)).toBeLessThan(everybody);
  await page.getByRole("button", { name: "As rows" }).click();
  await expect(page.getByRole("textbox", { name: "Values, set apart by ;" })).toHaveValue("US-HI");
});

test("a marketer takes no numbers away, an officer says what for", async ({ browser }) => {
  const marketer = await pageOf(browser, "marketer", "/segments");
  await marketer.getByRole("link", { name: "Bought in the last 90 days" }).click();
  await expect(marketer.getByRole("button", { name: "Export the numbers" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(marketer.getByText("For owners and officers")).toBeVisible();
  const path = `/api${new URL(marketer.url()).pathname}/people.csv`;
  const headers = { "sec-fetch-site": "same-origin" };
  const form = { reason: "Because I would like to" };
  expect((await marketer.request.post(path, { headers, form })).status()).toBe(403);

  const officer = await pageOf(browser, "officer", new URL(marketer.url()).pathname);
  await officer.getByRole("button", { name: "Export the numbers" }).click();
  await officer.getByRole("textbox", { name: "What for" }).fill("Letters that were asked for");
  const download = officer.waitForEvent("download");
  await officer.getByRole("button", { name: "Take the file" }).click();
  expect((await download).suggestedFilename()).toBe("segment.csv");
  const refused = await officer.request.post(path, { headers, form: { reason: "short" } });
  expect(refused.status()).toBe(400);
});

test("an agent is refused segments, and told why", async ({ browser }) => {
  const page = await pageOf(browser, "agent");
  const answer = await page.goto("/segments");
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: "“Segments” is not open to you: you are an agent." }),
  ).toBeVisible();
});
