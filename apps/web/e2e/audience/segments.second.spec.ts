import { expect, type Page } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { count, figure, step } from "./segment-steps";
import { expectNoAccess } from "../platform/no-access";
import { test } from "../platform/test";

test("a rule of three levels is built with the keyboard alone", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/segments/new");
  await expect(count(page)).toBeVisible();
  const everybody = await figure(page);
  const press = async (scope: Page | ReturnType<Page["getByRole"]>, name: string) => {
    await scope.getByRole("button", { name }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press(page, "Add group");
  await expect(page.getByRole("combobox", { name: "How rows combine" }).nth(1)).toBeFocused();
  const second = page.getByRole("group", { name: "Any of these" });
  await press(second, "Add group");
  const joined = second.getByRole("combobox", { name: "How rows combine" }).nth(1);
  await expect(joined).toBeFocused();
  await page.keyboard.type("None");
  const none = page.getByRole("group", { name: "None of these" });
  await press(none, "Add activity");
  await expect(
    page.getByText("In words: (none of these: purchase: at least 1 time)."),
  ).toBeVisible();
  await expect.poll(() => figure(page)).toBeLessThan(everybody);
  await expect(step(page, /^Segment/)).toContainText(String(await figure(page)));
});

test("the rule can be edited as JSON, and an invalid rule changes nothing", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/segments/new");
  await expect(count(page)).toBeVisible();
  const everybody = await figure(page);
  await page.getByRole("button", { name: "Edit as JSON" }).click();
  const json = page.getByRole("textbox", { name: "Rule as JSON" });
  await json.fill('{ "is": "all", "of": [{ "is": "attribute" }] }');
  await expect(page.getByText("/of/0/field")).toBeVisible();
  await json.fill(
    '{ "is": "attribute", "field": "@region", "test": { "test": "one-of", "values": ["US-HI"] } }',
  );
  await expect.poll(() => figure(page)).toBeLessThan(everybody);
  await page.getByRole("button", { name: "Edit as rows" }).click();
  await expect(page.getByRole("textbox", { name: "Values, separated by ;" })).toHaveValue("US-HI");
});

test("a marketer may not download numbers, and an officer must give a reason", async ({
  browser,
}) => {
  const marketer = await signedInPage(browser, "marketer", "/segments");
  await marketer.getByRole("link", { name: "Bought in the last 90 days" }).click();
  await expect(marketer.getByRole("button", { name: "Export phone numbers" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(marketer.getByText("For owners and officers")).toBeVisible();
  const path = `/api${new URL(marketer.url()).pathname}/people.csv`;
  const headers = { "sec-fetch-site": "same-origin" };
  const form = { reason: "Because I would like to" };
  expect((await marketer.request.post(path, { headers, form })).status()).toBe(403);

  const officer = await signedInPage(browser, "officer", new URL(marketer.url()).pathname);
  await officer.getByRole("button", { name: "Export phone numbers" }).click();
  await officer.getByRole("textbox", { name: "Reason" }).fill("Letters that were asked for");
  const download = officer.waitForEvent("download");
  await officer.getByRole("button", { name: "Download file" }).click();
  expect((await download).suggestedFilename()).toBe("segment.csv");
  const refused = await officer.request.post(path, { headers, form: { reason: "short" } });
  expect(refused.status()).toBe(400);
});

test("an agent may not open segments, and is told why", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/segments", "Segments");
});
