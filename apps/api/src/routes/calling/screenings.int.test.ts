import { Phone } from "@ringfence/core/people/phone";
import { aPhone } from "@ringfence/db/testing";
import { revokeApiKey } from "@ringfence/services/account/api-key";
import { db } from "@ringfence/services/testing";
import { asWriter } from "@ringfence/services/testing/as-writer";
import { aCallablePhone, refuseCalls } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();

async function screen(authorization: string, body: object) {
  const response = await fetch(`${url}/v1/screenings`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ purpose: "marketing.loans", ...body }),
  });
  const challenge = response.headers.get("www-authenticate");
  return { status: response.status, challenge, answer: await response.json() };
}

const listReasons = ({ answer }: Awaited<ReturnType<typeof screen>>) =>
  answer.refusals.map(({ reason }: { reason: string }) => reason);

it("gives one answer to all spellings of a number", async () => {
  const { ctx, authorization } = await aKey("screen");
  await aPhone(db, ctx.organizationId, { e164: Phone.parse("+12015550123") });

  const spellings = [
    "+1 (201) 555-0123",
    "001 201 555 0123",
    "(201) 555.0123",
    `+1201${" ".repeat(80)}5550123`,
    12015550123,
  ];
  const answers = await Promise.all(
    ["+12015550123", ...spellings].map((phone) => screen(authorization, { phone })),
  );

  for (const { status, answer } of answers) {
    expect([status, answer.phone, answer.verdict]).toEqual([200, "+12015550123", "refuse"]);
  }
  const [first, ...others] = answers.map(listReasons);
  expect(first).toContain("consent-missing");
  for (const reasons of others) expect(reasons).toEqual(first);
});

it("refuses garbage as an invalid number, and for no other reason", async () => {
  const { authorization } = await aKey("screen");
  const garbage = ["", "call me", "+1201555012", "☎", "1".repeat(65), " ".repeat(9_999), 12, null];
  for (const phone of garbage) {
    const { status, answer } = await screen(authorization, { phone });
    expect([status, answer.phone, answer.refusals.length]).toEqual([200, null, 1]);
    expect(answer.refusals[0].reason).toBe("number-invalid");
  }
});

it("screens nothing for a revoked key or a key without the scope", async () => {
  const withoutScope = await aKey("opt-outs:read");
  expect(await screen(withoutScope.authorization, { phone: "+12015550100" })).toMatchObject({
    status: 403,
    answer: { code: "scope-missing" },
  });

  const { ctx, id, authorization } = await aKey("screen");
  expect((await screen(authorization, { phone: "+12015550100" })).status).toBe(200);
  await revokeApiKey(ctx, id);
  const after = await screen(authorization, { phone: "+12015550100" });
  expect([after.status, after.answer.code, after.challenge]).toEqual([
    401,
    "key-invalid",
    "Bearer",
  ]);
  const garbage = await screen(authorization, { phone: "call me" });
  expect(garbage.status).toBe(401);
});

it("names the field that refers to something missing", async () => {
  const { authorization } = await aKey("screen");
  for (const field of ["purpose", "seller"]) {
    const { status, answer } = await screen(authorization, {
      phone: "+12015550100",
      [field]: "elsewhere",
    });
    expect([status, answer.code, answer.errors[0].path]).toEqual([
      400,
      "invalid-request",
      `/${field}`,
    ]);
  }
});

it("refuses a person who opted out, even if a proven consent was written into the table afterwards", async () => {
  const { ctx, authorization } = await aKey("screen");
  const { phone, phoneId, sellerId } = await aCallablePhone(ctx);
  expect((await screen(authorization, { phone })).answer.verdict).toBe("allow");
  await refuseCalls(ctx, phoneId);
  await asWriter({
    text: `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
        channels, elements, is_written, is_proven, at, source, recorded_at, actor)
      VALUES ($1, uuid7(), uuid7(), $2, $3, 'granted', '{marketing}', '{voice_live}', '{}', true, true,
        now(), 'website_form', now(), '{}')`,
    values: [ctx.organizationId, phoneId, sellerId],
  });
  const { status, answer } = await screen(authorization, { phone });
  expect([status, answer.verdict]).toEqual([200, "refuse"]);
  expect(answer.refusals).toMatchObject([{ reason: "opted-out" }]);
});

it("does not use data of another organization", async () => {
  const [mine, theirs] = [await aKey("screen"), await aKey("screen")];
  const phoneId = await aPhone(db, theirs.ctx.organizationId, {
    e164: Phone.parse("+12015550177"),
  });
  await db.prisma.suppression.create({
    data: {
      organizationId: theirs.ctx.organizationId,
      phoneId,
      reason: "litigator",
      at: new Date("2026-01-01T00:00:00Z"),
      recordedAt: new Date("2026-01-01T00:00:00Z"),
      actor: {},
    },
  });

  const phone = "+12015550177";
  expect(listReasons(await screen(theirs.authorization, { phone }))).toContain("suppressed");
  expect(listReasons(await screen(mine.authorization, { phone }))).not.toContain("suppressed");
});

it("survives a body of 20 MB, and says that it is too large", async () => {
  const { authorization } = await aKey("screen");
  const response = await fetch(`${url}/v1/screenings`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ phone: "1".repeat(20_000_000) }),
  });
  expect([response.status, (await response.json()).code]).toEqual([413, "too-large"]);
  expect((await screen(authorization, { phone: "+12015550100" })).status).toBe(200);
});
