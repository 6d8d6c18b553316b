import { expect } from "@playwright/test";
import { RecordConsent } from "@ringfence/core/consents/consent";
import { OrganizationId } from "@ringfence/core/ids";
import { recordConsent } from "@ringfence/services/consents/consent";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { daysAgo } from "../../testing/example-phones";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

test("an officer reads why a consent that was imported later does not lift an opt-out", async ({
  browser,
}) => {
  const phone = "+12145550193";
  const ctx = {
    ...installation,
    organizationId: OrganizationId.parse(organizationId()),
    actor: { type: "member", id: "ada", role: "officer", sellerIds: [] },
  } as const;
  await recordOptOut(ctx, { phone, channel: "agent", at: daysAgo(9) });
  const given = RecordConsent.parse({
    phone,
    seller: "bank",
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "import",
    disclosure: { text: "I agree to calls.", language: "en" },
    obtainedAt: daysAgo(2).toISOString(),
    evidence: { act: "ticked" },
  });
  const { id } = await recordConsent(ctx, given);

  const page = await signedInPage(browser, "officer");
  await find(page, phone);
  await expect(verdict(page)).toContainText("Do not call");
  const again = page.getByRole("region", { name: "Opted out, then agreed again" });
  await expect(again).toContainText("What the person did: ticked.");
  await expect(again).toContainText("An imported consent does not lift an opt-out");
  await expect(again).toContainText("The opt-out stays in force.");
  await expectReadable(page);
  await again.getByRole("link", { name: "Action and proof" }).click();
  await expect(page).toHaveURL(`/consents/${id}`);
  await expect(page.getByRole("region", { name: "Opted out, then agreed again" })).toContainText(
    "An imported consent does not lift an opt-out",
  );
  await expectReadable(page);
});
