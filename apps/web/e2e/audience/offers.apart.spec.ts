import { expect, type Page } from "@playwright/test";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { makeOffers } from "../../testing/make-offers";
import { openInstallation } from "../../testing/open-installation";
import { signInAs } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
let made: Awaited<ReturnType<typeof makeOffers>>;
test.beforeAll(async () => {
  made = await makeOffers(installation);
});
test.afterAll(() => installation.db.close());

/** Finds a person whom the campaign has called. */
const person = async (externalId: string) =>
  installation.db.prisma.contact.findFirstOrThrow({
    where: { organizationId: made.organizationId, externalId },
    include: { phones: { include: { phone: true } } },
  });

const best = (page: Page) => page.getByRole("region", { name: "Best offer" });

test("a marketer sets the threshold of an offer with the keyboard, and sees its trade-off", async ({
  page,
}) => {
  await signInAs(page, made.members.marketer, `/offers/${made.loan}`);
  await expect(page.getByText("This offer uses the threshold for all offers")).toBeVisible();
  await expect(page.getByText(/^Too few calls about this offer/)).toBeVisible();
  const threshold = page.getByRole("slider", { name: "Hold back calls with a chance below" });
  await threshold.focus();
  await page.keyboard.press("End");
  await expect(threshold).toHaveAttribute("aria-valuetext", /holds back \d.*% of calls/);
  await expectReadableAnywhere(page, "the threshold of an offer");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This offer has its own threshold")).toBeVisible();

  await page.goto("/relevance");
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", "Hold back nobody");
  await page.goto(`/offers/${made.loan}`);
  await page.getByRole("button", { name: /^Use the threshold for all offers/ }).click();
  await expect(page.getByText("This offer uses the threshold for all offers")).toBeVisible();
});

test("results are shown for each offer, and show whether the threshold helps", async ({ page }) => {
  await signInAs(page, made.members.marketer, `/campaigns/${made.campaignId}`);
  const results = page.getByRole("region", { name: "Results" });
  await expect(results.getByRole("row", { name: /this campaign: “Spring loan”/ })).toContainText(
    "24 of 24",
  );
  await expect(results.getByRole("row", { name: /all campaigns with “Gold card”/ })).toBeVisible();
  const holdOut = page.getByRole("region", { name: "What the threshold prevents" });
  await expect(holdOut).toContainText("The threshold helps");
  await expect(holdOut.getByRole("row", { name: /^below the threshold/ })).toContainText(
    "24 of 24",
  );
  await expect(page.getByRole("region", { name: "The campaign" })).toContainText(
    "Spring loan and Gold card",
  );
  await expectReadableAnywhere(page, "results by offer");
});

test("a person's page explains the best offer, and uses only priorities for those who refused profiling", async ({
  page,
}) => {
  const { id, phones } = await person("p3");
  await signInAs(page, made.members.marketer, `/contacts/${id}`);
  await expect(best(page)).toContainText(
    "“Gold card” fits best of the offers that can be made now.",
  );
  await expect(best(page)).toContainText("refused this offer before");
  await expectReadableAnywhere(page, "the best offer of a person");
  await page.goto(`/segments/${made.segmentId}/${id}`);
  await expect(best(page)).toContainText("“Gold card” fits best");

  const phone = phones[0]?.phone.e164 ?? "";
  await recordOptOut(made.officer, { phone, channel: "web", scope: { profiling: true } });
  await page.reload();
  await expect(best(page)).toContainText(
    "This person opted out of profiling, so they have no score.",
  );
  await expect(best(page)).toContainText("“Gold card” has the highest priority");
  await expect(best(page)).not.toContainText("chance");
});
