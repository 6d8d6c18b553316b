import { expect, test } from "@playwright/test";
import { makeLearned } from "../testing/make-learned";
import { openInstallation } from "../testing/open-installation";
import { pageOf, signInAs } from "./demo";
import { expectReadableAnywhere } from "./looks";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

test("a marketer sees how good the model is, and sets whom it holds back", async ({ page }) => {
  await signInAs(page, await makeLearned(installation), "/relevance");
  await expect(page.getByText("People are scored by your own calls")).toBeVisible();
  await expect(page.getByText(/^95 % interval 0\.\d{3} to 0\.\d{3}/)).toBeVisible();
  await expect(page.getByRole("img", { name: /how many of a hundred were said/ })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^city$/ })).toBeVisible();

  const threshold = page.getByRole("slider", { name: "Hold back calls with a chance below" });
  await expect(threshold).toHaveAttribute("aria-valuetext", "Hold back nobody");
  await threshold.focus();
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowRight");
  await expect(threshold).toHaveAttribute(
    "aria-valuetext",
    /: holds back \d.*% of calls, \d.*% of expected refusals$/,
  );
  await expect(page.getByText(/it would have held back \d/)).toBeVisible();
  await expect(page.getByRole("img", { name: /thresholds?, the lowest first/ })).toBeVisible();
  await expectReadableAnywhere(page, "relevance");
  const chosen = await threshold.inputValue();
  await page.getByRole("button", { name: "Set the threshold" }).click();
  await expect(page.getByText("The threshold is set")).toBeVisible();
  await page.reload();
  await expect(threshold).toHaveValue(chosen);
});

test("an auditor sees that the documented weights are in force, and why", async ({ browser }) => {
  const page = await pageOf(browser, "auditor", "/relevance");
  await expect(page.getByText("People are scored by the documented weights")).toBeVisible();
  await expect(page.getByText(/calls have come to something so far/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Set the threshold" })).toHaveAccessibleDescription(
    /^For /,
  );
});
