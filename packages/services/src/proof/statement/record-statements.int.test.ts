import { hash } from "node:crypto";
import type { ConsentId } from "@ringfence/core/ids";
import { isSignedStatement, readStatement } from "@ringfence/core/proof/ledger";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsent, aContext, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { openStatements } from "./open-statements.ts";

async function loadStatements(ctx: RootContext, consentId: ConsentId) {
  const event = await db.prisma.consentEvent.findFirstOrThrow({ where: { consentId } });
  return inTransaction(ctx, (ctx) => openStatements(ctx, { subjects: [event.phoneId] }));
}

it("states a consent with its proof, each claim separately", async () => {
  const ctx = await aContext();
  const contact = { name: "Ada Example", email: "ada@example.com" };
  const evidence = { act: "ticked", ip: "192.0.2.1", userAgent: "Firefox", form: "spring" };
  const input = aConsent({ contact, evidence });
  const { id } = await recordConsent(ctx, input);

  const [stated] = await loadStatements(ctx, id);

  expect(stated).toMatchObject({
    kind: "consent.granted",
    sequence: 1,
    claims: {
      kind: "consent.granted",
      organization: { id: ctx.organizationId, name: "Test" },
      consent: id,
      phone: input.phone,
      name: "Ada Example",
      email: "ada@example.com",
      seller: { key: "acme", name: "Acme" },
      purposes: ["marketing"],
      channels: ["voice_live"],
      source: "website_form",
      at: "2026-01-05T10:00:00.000Z",
      disclosure: { language: "en", version: 1 },
      act: "ticked",
      ip: "192.0.2.1",
      user_agent: "Firefox",
      evidence: { form: "spring" },
      previous: null,
    },
  });
  const { statement } = readStatement(stated?.statement ?? "");
  expect(statement && isSignedStatement(statement)).toBe(true);
});

it("reveals nothing about anybody in the signed part", async () => {
  const ctx = await aContext();
  const { id } = await recordConsent(ctx, aConsent());
  const [stated] = await loadStatements(ctx, id);

  const [, payload = ""] = stated?.jwt.split(".") ?? [];
  const said: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  expect(Object.keys(said).toSorted()).toEqual(["_sd", "_sd_alg", "jti"]);
});

it("chains the statements about a phone, so that a missing one is noticed", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const { id } = await recordConsent(ctx, aConsent({ phone }));
  await withdrawConsent(ctx, { consent: id, channel: "ivr" });
  await recordOptOut(ctx, { phone, channel: "sms" });

  const stated = await loadStatements(ctx, id);

  expect(stated.map(({ kind, sequence }) => [kind, sequence])).toEqual([
    ["consent.granted", 1],
    ["consent.withdrawn", 2],
    ["opt-out.recorded", 3],
  ]);
  for (const [index, { claims }] of stated.entries()) {
    const before = stated[index - 1];
    expect(claims.previous).toBe(before ? hash("sha256", before.jwt, "base64url") : null);
  }
});

it("states an event once, however fast it is sent", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const inputs = [1, 2, 3, 4].map((day) =>
    aConsent({ phone, obtainedAt: new Date(`2026-01-0${day}T10:00:00Z`) }),
  );
  const all = await Promise.all([...inputs, ...inputs].map((input) => recordConsent(ctx, input)));

  const stated = await loadStatements(ctx, (all[0] ?? { id: "" as ConsentId }).id);
  expect(stated.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
});

it("keeps disclosures in the vault sealed, and opens those of no other organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const phone = aNumber();
  const { id } = await recordConsent(ctx, aConsent({ phone }));
  const [{ subjectId } = { subjectId: "" }] = await loadStatements(ctx, id);

  const rows = await db.prisma.$queryRaw<{ text: string }[]>`
    SELECT encode(sealed, 'escape') AS text FROM vault.disclosure
    WHERE organization_id = ${ctx.organizationId}::uuid`;
  expect(rows.length).toBeGreaterThan(10);
  const encoded = Buffer.from(phone).toString("base64url").slice(0, 8);
  expect(rows.filter(({ text }) => text.includes(phone) || text.includes(encoded))).toEqual([]);
  expect(
    await inTransaction(other, (ctx) => openStatements(ctx, { subjects: [subjectId] })),
  ).toEqual([]);
});
