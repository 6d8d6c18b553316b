import { expect } from "@playwright/test";
import { byChance, byCity, makeLearned } from "../../testing/make-learned";
import { openInstallation } from "../../testing/open-installation";
import { signedInPage, signInAs } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

test("a marketer sees the quality of the model, and sets the threshold", async ({ page }) => {
  await signInAs(page, await makeLearned(installation, byCity), "/relevance");
  await expect(page.getByText("Scores are based on your own calls")).toBeVisible();
  await expect(page.getByText(/^95% confidence interval 0\.\d{3} to 0\.\d{3}/)).toBeVisible();
  await expect(page.getByRole("img", { name: /how many in 100 were predicted/ })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^city$/ })).toBeVisible();

  const threshold = page.getByRole("slider", { name: "Hold back calls with a chance below" });
  await expect(threshold).toHaveAttribute("aria-valuetext", "Hold back nobody");
  await threshold.focus();
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowRight");
  await expect(threshold).toHaveAttribute(
    "aria-valuetext",
    /: holds back \d.*% of calls and \d.*% of expected refusals$/,
  );
  await expect(page.getByText(/it would have held back \d/)).toBeVisible();
  await expect(page.getByRole("img", { name: /thresholds?, lowest first/ })).toBeVisible();
  await expectReadableAnywhere(page, "relevance");
  const chosen = await threshold.inputValue();
  await page.getByRole("button", { name: "Save threshold" }).click();
  await expect(page.getByText("Threshold saved")).toBeVisible();
  await page.reload();
  await expect(threshold).toHaveValue(chosen);
});

test("a model trained on random outcomes is reported as no better than chance, and the documented weights stay in use", async ({
  page,
}) => {
  await signInAs(page, await makeLearned(installation, byChance), "/relevance");
  const banner = page.getByRole("group", { name: "Scores are based on the default weights" });
  await expect(banner).toContainText(
    /^.*The model trained on 900 calls does no better than chance on later calls: the lower bound of its AUC is 0?\.\d{3}\. It is used only above 0?\.55\./s,
  );
  await expect(page.getByText(/The weights are our judgment/)).toBeVisible();
  await expect(page.getByText(/^95% confidence interval 0\.\d{3} to/)).toBeVisible();
  await expectReadableAnywhere(page, "a model that is not believed");
});

test("an auditor sees that the documented weights are in force, and why", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/relevance");
  await expect(page.getByText("Scores are based on the default weights")).toBeVisible();
  await expect(page.getByText(/calls have a known outcome so far/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Save threshold" })).toHaveAccessibleDescription(
    /^For /,
  );
});
