import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

test("an officer sees the rules of a state with the law, and lets an unverified one only warn", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/rules");
  await page.getByRole("combobox", { name: "Place" }).selectOption("New York (US)");
  await page.waitForURL(/place=US-NY/);
  await expect(page.getByRole("row", { name: /US-NY\.emergency/ })).toBeVisible();

  await page.getByRole("button", { name: "Declare an emergency" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("The governor declared it today.");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/New York \(US\): declared/)).toBeVisible();

  await page.getByRole("button", { name: "End the emergency" }).click();
  await expect(page.getByText("No emergency is declared.")).toBeVisible();

  await page.getByRole("combobox", { name: "Place" }).selectOption("Belgium");
  await page.waitForURL(/place=BE/);
  const rule = page.getByRole("row", { name: /BE\.auto/ });
  await expect(rule).toContainText("from memory: have a lawyer check it");
  await rule.getByRole("button", { name: /Warn only/ }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Counsel read the law anew.");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(rule).toContainText("Counsel read the law anew.");

  await rule.getByRole("button", { name: "Refuse again" }).click();
  await expect(rule).not.toContainText("Counsel read the law anew.");

  await page.getByRole("link", { name: "History" }).click();
  const decisions = page.getByRole("region", { name: "Officers’ decisions" });
  const easing = decisions.getByRole("listitem").filter({ hasText: "BE.auto only warns" });
  await expect(easing).toContainText("Counsel read the law anew.");
  await expect(easing).toContainText(/Ended .* by /);
  await expect(
    decisions.getByRole("listitem").filter({ hasText: "Emergency: New York (US)" }),
  ).toContainText("The governor declared it today.");
  await expect(page.getByRole("region", { name: "Rule sets" })).toContainText("In use");
  await expectReadableAnywhere(page, "the history of rules");
});

test("an officer adds a day without calls at short notice, and withdraws it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/rules?place=US-LA");
  await page.getByRole("button", { name: "Add a day without calls" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("combobox", { name: "Place" })).toHaveValue("US-LA");
  await dialog.getByLabel("First day").fill("2030-03-05");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Proclaimed by the Commission today.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Louisiana \(US\): 5 Mar 2030/)).toBeVisible();
  await page.getByRole("button", { name: /^Withdraw: Louisiana/ }).click();
  await expect(page.getByText("No days added.")).toBeVisible();

  await page.getByRole("button", { name: "Add a day without calls" }).click();
  await dialog.getByRole("combobox", { name: "Place" }).selectOption("Barcelona (Spain)");
  await dialog.getByLabel("First day").fill("2030-09-24");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Holiday of the town of Barcelona.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Barcelona \(Spain\): 24 Sept? 2030/)).toBeVisible();
  await page.getByRole("button", { name: /^Withdraw: Barcelona/ }).click();
  await expect(page.getByText(/Barcelona \(Spain\): 24 Sept? 2030/)).toBeHidden();
  await page.goto("/rules/ES");
  await expect(page.getByText("The regions have rules or holidays of their own.")).toBeVisible();
});

test("an officer reads the upcoming changes, and sees what one of them would do to recent calls", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/rules");
  await page.getByRole("link", { name: "Upcoming changes" }).click();
  const bill = page
    .getByRole("region", { name: "Without a date" })
    .getByRole("listitem")
    .filter({ hasText: "Russia: Second package against phone fraud" });
  await expect(bill).toContainText("Pending bill");
  await expect(bill).toContainText("from a report on the law");

  const season = page
    .getByRole("listitem")
    .filter({ hasText: "Saudi Arabia: Calling hours, new rule from 15 Jan 2029" });
  await expect(season).toContainText("Mon–Sun 12:00–24:00");
  await season.getByRole("link", { name: "What would change for our calls?" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Your calls under the law of 15 Jan 2029" }),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Changes included" })).toContainText(
    "Saudi Arabia: Calling hours, new rule from 15 Jan 2029",
  );

  await page.getByRole("button", { name: "Check the last 7 days" }).click();
  const preview = page.getByRole("region", { name: "Calls in the last 7 days" });
  await expect(preview.getByRole("heading", { name: "Screened calls" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(preview).toContainText("Newly refused");
  await expect(preview).toContainText(/[1-9][\d,]* calls?, each at its own local time/);
  await expectReadableAnywhere(page, "a preview of an upcoming law");
});

test("an agent reads the rules, and is told who may change them", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/rules?place=BE");
  const rule = page.getByRole("row", { name: /BE\.auto/ });
  await expect(rule.getByRole("button", { name: /Warn only/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("an officer reads everything about Florida on one page, and finds why calls end at 20:00", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/rules?place=US-FL");
  await page.getByRole("link", { name: "Everything about Florida (US)" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Florida (US)" })).toBeVisible();

  const now = page.getByRole("region", { name: "May I call now?" });
  await expect(now.getByText(/^Calls are possible (again from|until) /)).toHaveCount(2);
  // For one hour a day there are two tables, because New York is already in the next day.
  const week = now
    .getByRole("table", { name: /^The next seven days, local time in New York(, Chicago)?$/ })
    .first();
  await expect(week.getByRole("row")).toHaveCount(8);
  await expect(week.getByRole("cell", { name: "08:00–20:00" })).toHaveCount(7);

  const hours = page.getByRole("article").filter({ hasText: "US-FL.hours" });
  await expect(hours).toContainText("Why 20:00: Florida (US)");
  await expect(hours).toContainText("20:01 local time: refused (Outside calling hours).");
  await expect(hours).toContainText("before 8 a.m. or after 8 p.m. local time");
  await expect(hours).toContainText("Refuses");
  await expect(hours).toContainText("What would settle it");

  await page.getByRole("link", { name: "United States", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "United States" })).toBeVisible();
  await expect(page.getByRole("article").filter({ hasText: "US.revoke.all" })).toContainText(
    /31 Jan 2027/,
  );
  await expect(page.getByRole("article").filter({ hasText: "US.hours" })).toContainText(
    "Why 21:00: United States",
  );

  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(/Rule set [0-9a-f]{64}/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  // Nor the ground of the menu, which would cover a wide sheet's text.
  const ground = await page
    .locator(".shell")
    .evaluate((shell) => getComputedStyle(shell, "::before").content);
  expect(ground).toBe("none");

  await page.emulateMedia({ media: "screen" });
  await page.goto("/rules/compare?left=US-FL");
  await page.getByRole("combobox", { name: "Second place" }).selectOption("Louisiana (US)");
  await page.waitForURL(/right=US-LA/);
  const differs = page.getByRole("region", { name: "Calling hours: differences" });
  await expect(differs).toContainText("Mon–Sun 08:00–20:00");
  await expect(page.getByRole("region", { name: "The same in both places" })).toContainText(
    "08:00–21:00",
  );

  await page.goto("/rules/AQ");
  await expect(page.getByText("Every call to this place is refused")).toBeVisible();
});

test("an officer sees which countries have rules, and that calls to all others are refused", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/rules");
  await page.getByRole("link", { name: "All places" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Places with rules" })).toBeVisible();

  const map = page.getByRole("region", { name: "Confidence by country" });
  await expect(map).toContainText("No rules on file: every call is refused");
  const countries = page.getByRole("region", { name: "Countries with rules" });
  const states = countries.getByRole("row", { name: /^United States/ });
  await expect(states.getByRole("link", { name: "Florida" })).toBeVisible();
  const others = page.getByRole("region", { name: "Countries without rules" });
  await others.getByText("Show the list").click();
  await expect(others).toContainText("Jamaica");
  await expect(others).not.toContainText("Puerto Rico");
  await expectReadableAnywhere(page, "the places with rules");

  await map.locator("a[href='/rules/BR']").click();
  await expect(page.getByRole("heading", { level: 1, name: "Brazil" })).toBeVisible();
});
