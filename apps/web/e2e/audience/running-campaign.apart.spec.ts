import { expect, type Page } from "@playwright/test";
import { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import { saveCampaign } from "@ringfence/services/audience/campaign";
import { draftDisclosure } from "@ringfence/services/consents/disclosure";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { makeOffers } from "../../testing/make-offers";
import { openInstallation } from "../../testing/open-installation";
import { box, press } from "./campaign-steps";
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

/** Creates a draft beside the running campaign. */
async function draftCampaign() {
  const { author, loan, segmentId } = made;
  const { id } = await saveCampaign(author, {
    key: "autumn",
    name: "Autumn",
    seller: "acme",
    dialer: "live_agent",
    callerNumber: "+12025550199",
    hours: { days: ["MO"], from: "10:00", to: "18:00" },
    label: "",
    labelContract: "",
    cap: { calls: 1, days: 3 },
    priority: 50,
    refusalLimit: 0.5,
    segmentId,
    offerIds: [loan],
  });
  return id;
}

const archived = (page: Page) => page.getByRole("region", { name: "Archived" });

/** Enters a rule for one country as JSON. */
async function fillRule(page: Page, country: string) {
  await page.getByRole("button", { name: "Edit as JSON" }).click();
  await page
    .getByRole("textbox", { name: "Rule as JSON" })
    .fill(
      `{ "is": "attribute", "field": "@country", "test": { "test": "one-of", "values": ["${country}"] } }`,
    );
}

/** Archives the item on the page, takes that back, archives it again, finds it in its list's archive, and restores it there. */
async function archiveAndRestore(page: Page, name: string, list: string) {
  await press(page, "Archive");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Restored from the archive")).toBeVisible();
  await press(page, "Archive");
  await expect(page.getByRole("group", { name: /is archived$/ })).toContainText("Archived");
  await expectReadableAnywhere(page, `an archived page of ${list}`);
  await page.goto(list);
  await expect(archived(page).getByRole("link", { name })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(0);
  await expectReadableAnywhere(page, `${list} with an archive`);
  await press(page, `Restore “${name}”`);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
  await expect(archived(page)).toHaveCount(0);
}

test("a marketer archives unused items, is told what still uses others, and restores them", async ({
  page,
}) => {
  await signInAs(page, made.members.marketer, `/segments/${made.segmentId}`);
  await press(page, "Archive");
  await expect(page.getByText("The campaign “Spring” uses this segment.")).toBeVisible();
  await expectReadableAnywhere(page, "a segment that is in use");

  await page.goto("/segments/new");
  await box(page, "Name").fill("Last year");
  await fillRule(page, "RU");
  await press(page, "Save");
  await expect(page.getByRole("heading", { name: "Last year", level: 1 })).toBeVisible();
  await fillRule(page, "US");
  await press(page, "Save");
  const versions = page.getByRole("region", { name: "Rule history" });
  await expect(versions.getByRole("listitem").first()).toContainText("Version 2");
  await expect(versions).toContainText("Added: country is US");
  await expect(versions).toContainText("Removed: country is RU");
  await archiveAndRestore(page, "Last year", "/segments");

  await page.goto(`/offers/${made.card}`);
  await press(page, "Archive");
  await expect(page.getByText("The campaign “Spring” makes this offer.")).toBeVisible();

  await page.goto(`/campaigns/${await draftCampaign()}`);
  await archiveAndRestore(page, "Autumn", "/campaigns");
});

test("an officer archives a disclosure that no form uses, and restores it", async ({ page }) => {
  const { id } = await draftDisclosure(
    made.officer,
    DraftDisclosure.parse({
      language: "en",
      text: "Acme may call me about its offers. I can say no on any call.",
      terms: {
        title: "Offers of last year",
        asks: "advertising",
        seller: "acme",
        purposes: ["marketing"],
        channels: ["voice_live"],
        states: [],
        retention: "",
        withdrawal: "",
      },
    }),
  );
  await signInAs(page, made.members.officer, `/disclosures/${id}`);
  await archiveAndRestore(page, "Offers of last year", "/disclosures");
  await page.getByRole("link", { name: "Offers of last year" }).click();
  await expect(page.getByRole("button", { name: "Publish this version" })).toBeVisible();
});
