import { afterEach, expect, it } from "vitest";
import {
  requirePlaceRules,
  installChangedLaw,
  removeInstalledLaws,
} from "../../../testing/laws.ts";
import { as, aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { readContactCoverage } from "./contact-coverage.ts";

afterEach(removeInstalledLaws);

async function scene(counts: Record<string, number>) {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await db.prisma.contactCount.create({
    data: { organizationId, counts, newest: 1, countedAt: new Date() },
  });
  const connect = (code: string, daysAgo: number | null) =>
    db.pool.query(
      `INSERT INTO registry (organization_id, id, code, name, format, source, max_age_days, edition, verified_at)
       VALUES ($1, gen_random_uuid(), $2, $2, '{}', '{}', 365, 1,
         clock_timestamp() - make_interval(secs => $3::float8 * 86400))`,
      [organizationId, code, daysAgo],
    );
  return { ctx, connect };
}
const brief = async (ctx: RootContext) =>
  (await readContactCoverage(ctx)).jurisdictions.map(
    ({ jurisdiction, contacts, refused, registries }) => [
      jurisdiction,
      contacts,
      refused,
      registries.map(({ code, state }) => `${code} ${state}`).join(),
    ],
  );

it("counts the contacts of each jurisdiction who cannot be called without a fresh registry", async () => {
  const { ctx, connect } = await scene({ "": 3, CA: 12_400, US: 90, "US-FL": 40, RU: 7 });
  await connect("US-FTC-DNC", 3);
  await connect("US-FL-DNC", 80);
  expect(await brief(ctx)).toEqual([
    ["CA", 12_400, 12_400, "CA-DNCL none"],
    ["US", 90, 0, "US-FTC-DNC fresh"],
    ["US-FL", 40, 0, "US-FL-DNC near"],
  ]);
  expect((await readContactCoverage(ctx)).unknown).toBe(3);
});

it("uses the age limit of the rules, as screening does, not the organization's", async () => {
  const { ctx, connect } = await scene({ CA: 5 });
  await connect("CA-DNCL", 32);
  expect(await brief(ctx)).toEqual([["CA", 5, 5, "CA-DNCL stale"]]);
});

it("counts contacts whom a fresh registry does not cover", async () => {
  const { ctx, connect } = await scene({ US: 90, "US US-FTC-DNC": 4 });
  await connect("US-FTC-DNC", 1);
  expect(await brief(ctx)).toEqual([["US", 90, 4, "US-FTC-DNC fresh"]]);
});

it("leaves out a rule from memory that an officer set to warn, unless it has been verified since", async () => {
  const { ctx } = await scene({ CA: 5 });
  await installChangedLaw((law) => {
    for (const rule of requirePlaceRules(law, "CA")) rule.confidence = "C";
  });
  const [place] = (await readContactCoverage(ctx)).jurisdictions;
  const ruleId = place?.registries[0]?.ruleId ?? "";
  const { organizationId } = ctx;
  const memberId = "01890000-0000-7000-8000-000000000000";
  await db.prisma.ruleOverride.create({
    data: { organizationId, ruleId, reason: "", memberId, at: new Date() },
  });
  expect(await brief(ctx)).toEqual([]);
  // In the bundled law, this rule has mark A.
  await removeInstalledLaws();
  expect(await brief(ctx)).toEqual([["CA", 5, 5, "CA-DNCL none"]]);
});

it("shows that contacts were not counted yet, and nothing of another organization", async () => {
  await scene({ CA: 5 });
  const ctx = await aContext();
  expect(await readContactCoverage(ctx)).toEqual({
    countedAt: null,
    jurisdictions: [],
    unknown: 0,
  });
  await expect(readContactCoverage(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
