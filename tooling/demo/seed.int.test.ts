import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openTestDb } from "@ringfence/db/testing";
import { createApiKeyFinder } from "@ringfence/services/account/api-key";
import { ScreenCall } from "@ringfence/core/calling/screening";
import { inTransaction } from "@ringfence/services/context";
import { keysIn } from "@ringfence/services/testing/keys";
import { aRegistryWithHistory } from "@ringfence/services/testing/registry-history";
import { isPassword } from "@ringfence/services/account/member";
import { screenCall } from "@ringfence/services/calling/screening";
import { countRule, listSegments, readSegment } from "@ringfence/services/audience/segment";
import { expect, it } from "vitest";
import { consentingPeople, namedPeople } from "./people.ts";
import { demoContext, seed } from "./seed.ts";

const db = await openTestDb();
const installation = { db, keys: keysIn(mkdtempSync(path.join(tmpdir(), "ringfence-keys-"))) };
const secret = (byte: number) => new Uint8Array(32).fill(byte);

it("makes the demo once, with a member of each role who can sign in", async () => {
  const demo = await seed(installation, secret(1));
  expect(await seed(installation, secret(1))).toEqual(demo);

  const members = await db.prisma.member.findMany({ where: { organizationId: demo.organization } });
  expect(members).toHaveLength(6);
  for (const { role, email, password } of demo.members) {
    const member = members.find((member) => member.email === email);
    expect(member?.role).toBe(role);
    expect(await isPassword(member?.passwordHash, password)).toBe(true);
  }
  const where = { organizationId: demo.organization, key: demo.seller };
  expect(await db.prisma.seller.count({ where })).toBe(1);
});

it("has segments with some people, but not all", async () => {
  const { organization } = await seed(installation, secret(1));
  const ctx = demoContext(installation);
  const organizationId = organization;
  const contacts = await db.prisma.contact.count({ where: { organizationId } });
  const segments = await listSegments(ctx, { locale: "en" });
  expect(segments).toHaveLength(3);
  for (const { id } of segments) {
    const { rule } = await readSegment(ctx, id);
    const { count } = await countRule(ctx, { rule });
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(contacts);
  }
});

it("finds one violation among its calls, the planted one", async () => {
  const { organization: organizationId } = await seed(installation, secret(1));
  expect(await db.prisma.call.count({ where: { organizationId } })).toBeGreaterThan(40);
  const violations = await db.prisma.violation.findMany({
    where: { organizationId },
    include: { call: true },
  });
  expect(violations).toMatchObject([{ rank: 0, call: { externalId: "demo-violation" } }]);
  expect(violations[0]?.codes).toEqual(expect.arrayContaining(["opted-out", "without-permit"]));
});

it("has somebody who may be called at every hour of a Sunday and the days around it", async () => {
  const { seller } = await seed(installation, secret(1));
  const ctx = demoContext(installation);
  const isCallable = async (at: string) => {
    for (const { phone } of consentingPeople) {
      const call = ScreenCall.parse({ phone, seller, purpose: "marketing", at });
      if ((await screenCall(ctx, call)).verdict === "allow") return true;
    }
    return false;
  };
  const { now } = await inTransaction(ctx, (ctx) => Promise.resolve(ctx));
  const sunday = now.getTime() - (now.getUTCDay() * 24 + now.getUTCHours()) * 3_600_000;
  const silent: string[] = [];
  for (let hour = -12; hour < 36; hour++) {
    const at = new Date(sunday + hour * 3_600_000).toISOString();
    if (!(await isCallable(at))) silent.push(at);
  }
  expect(silent).toEqual([]);
});

it("has people whose calls are refused for the reasons that their names say", async () => {
  const { seller } = await seed(installation, secret(1));
  const ctx = demoContext(installation);
  const readAt = new Date();
  const listed = Number(namedPeople.listed.phone.slice(1));
  await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt, numbers: [listed] }]);
  const screen = async (person: keyof typeof namedPeople) => {
    const { phone } = namedPeople[person];
    const call = ScreenCall.parse({ phone, seller, purpose: "marketing" });
    return (await screenCall(ctx, call)).refusals.map(({ reason }) => reason);
  };
  expect(await screen("optedOut")).toContain("opted-out");
  expect(await screen("listed")).toContain("registry-listed");
  expect(await screen("noConsent")).toContain("consent-missing");
  expect(await screen("expired")).toContain("consent-expired");
  expect(await screen("unknownZone")).toContain("zone-unknown");
});

it("opens the API, even after its secret was lost and made again", async () => {
  for (const byte of [2, 3]) {
    const { apiKey, organization } = await seed(installation, secret(byte));
    const found = await createApiKeyFinder(db)(`Bearer ${apiKey}`);
    expect(found).toMatchObject({ organizationId: organization });
  }
});
