import type { PolicyRule } from "@ringfence/core/calling/policy";
import { ScreeningId, SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCallablePhone, sayOfCalls, longAgo } from "../../../testing/phones.ts";
import { aPolicyRule, aRuleOfKind, putPolicy, twoOfficers } from "../../../testing/policies.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { readScreening } from "../screening/read-screening.ts";
import { screenAgain } from "../screening/screen-again.ts";
import { screenCall } from "../screening/screen-call.ts";
import { verifyPermit } from "../screening/verify-permit.ts";
import { parsePolicy } from "@ringfence/core/calling/policy";

const noCalls = aRuleOfKind("dialer", { dialers: ["live_agent"] });
const onlyAtNight = aRuleOfKind("hours", {
  windows: [{ days: ["SU"], from: "03:00", to: "03:01" }],
  holidaysClosed: true,
});
const oldConsent = aRuleOfKind("consent-age", { months: 3 });

/** A person who may be called, and two officers. */
async function aCaller() {
  const ctx = await aContext();
  const { phone, phoneId } = await aCallablePhone(ctx);
  const officers = await twoOfficers(ctx);
  const screened = (more: { seller?: string; at?: Date } = {}) =>
    screenCall(officers.writer, { phone, purpose: "marketing", ...more });
  return { ctx: officers.writer, officers, phone, phoneId, screened };
}

it.each<[string, PolicyRule, string]>([
  ["dialer", noCalls, "dialer-not-allowed"],
  ["age of consent", oldConsent, "consent-expired"],
  [
    "proof of consent",
    aRuleOfKind("proof", { written: false, elements: ["id_document"] }),
    "consent-insufficient",
  ],
  ["hours", onlyAtNight, "day-not-allowed"],
  [
    "registry",
    aRuleOfKind("registry", { registry: "US-FTC-DNC", maxAgeDays: null }),
    "registry-unchecked",
  ],
])("refuses by a rule of the policy about %s, from the next call on", async (_, rule, reason) => {
  const { officers, screened } = await aCaller();
  expect(await screened()).toMatchObject({ verdict: "allow" });
  const { hash } = await putPolicy(officers, [rule]);
  const { verdict, refusals, checked } = await screened();
  expect(verdict).toBe("refuse");
  expect(refusals.map((one) => [one.reason, one.rule, one.citation])).toEqual(
    expect.arrayContaining([[reason, `policy.${rule.id}`, undefined]]),
  );
  expect(checked.policies).toEqual([hash]);
});

it("counts calls against a cap of the policy", async () => {
  const { ctx, officers, phoneId, screened } = await aCaller();
  await putPolicy(officers, [aPolicyRule()]);
  expect(await screened()).toMatchObject({ verdict: "allow" });
  const { organizationId } = ctx;
  const seller = await db.prisma.seller.findFirstOrThrow({ where: { organizationId } });
  const at = new Date(Date.now() - DAY_MS);
  await db.prisma.call.create({
    data: {
      organizationId,
      phoneId,
      sellerId: seller.id,
      purpose: "marketing",
      at,
      recordedAt: at,
    },
  });
  const { refusals } = await screened();
  expect(refusals).toMatchObject([{ reason: "frequency-cap", rule: "policy.cap-1" }]);
});

it("judges the calls of a seller by the policy of that seller only", async () => {
  const { ctx, officers, phoneId, screened } = await aCaller();
  const { organizationId } = ctx;
  const other = SellerId.parse(await aSeller(db, organizationId, "other"));
  await sayOfCalls(ctx, { phoneId, sellerId: other }, "granted", longAgo);
  const { hash } = await putPolicy(officers, [noCalls], { sellerId: other });
  expect((await screened({ seller: "acme" })).checked.policies).toBeUndefined();
  const { refusals, checked } = await screened({ seller: "other" });
  expect(refusals).toMatchObject([{ rule: "policy.seller.dialer-1" }]);
  // The organization's policy is added to it.
  const general = await putPolicy(officers, [onlyAtNight]);
  expect((await screened({ seller: "acme" })).refusals).toMatchObject([{ rule: "policy.hours-1" }]);
  const both = await screened({ seller: "other" });
  expect(both.refusals.map(({ rule }) => rule)).toEqual([
    "policy.seller.dialer-1",
    "policy.hours-1",
  ]);
  expect([checked.policies, both.checked.policies?.toSorted()]).toEqual([
    [hash],
    [hash, general.hash].toSorted(),
  ]);
});

it("judges no call of another organization, and none before its time", async () => {
  const { officers, screened } = await aCaller();
  const stranger = await aCaller();
  const { checked } = await screened();
  await putPolicy(officers, [noCalls], { inForceFrom: new Date(Date.now() + DAY_MS) });
  expect(await screened()).toMatchObject({ verdict: "allow" });
  await putPolicy(officers, [noCalls, aPolicyRule()]);
  expect(await screened()).toMatchObject({ verdict: "refuse" });
  expect(await stranger.screened()).toMatchObject({ verdict: "allow" });
  // A what-if of an earlier instant does not know the policy.
  const past = await screened({ at: checked.at });
  expect(past.refusals.flatMap(({ rule }) => rule ?? [])).not.toContain("policy.dialer-1");
});

it("keeps the policy of a past verdict, also once it is replaced", async () => {
  const { ctx, officers, screened } = await aCaller();
  const { hash } = await putPolicy(officers, [noCalls]);
  const { id } = await screened();
  await putPolicy(officers, []);
  expect(await screened()).toMatchObject({ verdict: "allow" });
  const past = await readScreening(ctx, ScreeningId.parse(id));
  const own = past.rules.deciding.filter(({ source }) => source === "policy");
  expect(own).toMatchObject([{ id: "policy.dialer-1", jurisdiction: "US" }]);
  expect(past.checked.policies).toEqual([hash]);
  const again = await screenAgain(ctx, ScreeningId.parse(id));
  expect(again.answer.refusals).toMatchObject([{ rule: "policy.dialer-1" }]);
});

it("refuses a permit that was given before the policy", async () => {
  const { ctx, officers, phone, screened } = await aCaller();
  const { permit = "" } = await screened();
  await putPolicy(officers, [noCalls]);
  const verified = await verifyPermit(ctx, { permit, phone, singleUse: false });
  expect(verified).toMatchObject({ verdict: "refuse" });
});

it("refuses rows of a scrub by the policy too, and names it in the record", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { phone } = await aCallablePhone(ctx);
  const before = await scrub(`phone\n${phone}\n`);
  expect(before.result.includes("dialer-not-allowed")).toBe(false);
  const { hash } = await putPolicy(await twoOfficers(ctx), [noCalls]);
  const { result } = await scrub(`phone\n${phone}\n`);
  expect(result.includes("dialer-not-allowed")).toBe(true);
  const { organizationId } = ctx;
  const record = await db.prisma.scrubRecord.findFirstOrThrow({
    where: { organizationId },
    orderBy: { scrubId: "desc" },
  });
  expect(record.checked).toMatchObject({ policies: [hash] });
});

it("refuses every call while a policy in force cannot be read", async () => {
  const { ctx, officers, screened } = await aCaller();
  // Rules of a version that this program does not know.
  const { organizationId } = ctx;
  const document = '{"rules":[{"kind":"moon"}],"schema":"ringfence-policy/9.0"}';
  const { rows } = await db.pool.query<{ hash: string }>(
    "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') AS hash",
    [document],
  );
  const hash = rows[0]?.hash ?? "";
  const at = new Date();
  await db.prisma.policy.create({
    data: {
      organizationId,
      document,
      hash,
      inForceFrom: at,
      publishedAt: at,
      reason: "A later version wrote it.",
      authors: [crypto.randomUUID()],
      publishedBy: crypto.randomUUID(),
    },
  });
  expect(() => parsePolicy(hash, document)).toThrow("schema");
  await expect(screened()).rejects.toThrow("schema");
  // Two officers can still publish another.
  await putPolicy(officers, []);
  expect(await screened()).toMatchObject({ verdict: "allow" });
});
