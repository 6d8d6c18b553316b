import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor, Role } from "@ringfence/core/platform/access";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { afterAll, describe, expect, it } from "vitest";
import {
  aCallablePhone,
  aDayLater,
  aFederalNumber,
  longAgo,
  refuseCalls,
} from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { keysIn } from "../../../testing/keys.ts";
import { screenCall } from "./screen-call.ts";
import type { ScreeningResult } from "./screening-result.ts";
import { Phone } from "@ringfence/core/people/phone";
import { makeApiKey, revokeApiKey } from "../../account/api-key/index.ts";

describe("screen call", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-keys-"));

  afterAll(() => rmSync(folder, { recursive: true }));

  const purpose = "marketing.loans";

  const listReasons = ({ refusals }: ScreeningResult) => refusals.map(({ reason }) => reason);

  async function scene() {
    const ctx = await aContext();
    const callable = await aCallablePhone(ctx);
    const screen = (phone: string = callable.phone) => screenCall(ctx, { phone, purpose });
    const onRecord = (id: string) =>
      db.prisma.screening.findFirstOrThrow({ where: { organizationId: ctx.organizationId, id } });
    return { ctx, ...callable, screen, onRecord };
  }

  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());

  /**
   * Verifies a JWS with nothing but the public key, and returns its payload; null if the signature is
   * wrong.
   */
  function openedBy(publicKeyFolder: string, jws: string) {
    const [header = "", payload = "", signature = ""] = jws.split(".");
    const key = createPublicKey(readFileSync(path.join(publicKeyFolder, "permit.pem")));
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify(null, signed, key, Buffer.from(signature, "base64url"))) return null;
    return { header: read(header), claims: read(payload) };
  }

  it("allows a call without objections, with a permit that anyone can verify", async () => {
    const { ctx, phone, sellerId } = await scene();
    const { organizationId } = ctx;

    const keys = { ...ctx.keys, permit: keysIn(folder).permit };
    const {
      id,
      verdict,
      permit = "",
      expiresAt,
      checked,
    } = await screenCall({ ...ctx, keys }, { phone, purpose });

    expect(verdict).toBe("allow");
    const second = Math.floor(checked.at.getTime() / 1_000);
    expect(expiresAt).toEqual(new Date((second + 60) * 1_000));
    expect(openedBy(folder, permit)).toEqual({
      header: { alg: "EdDSA", typ: "ringfence-permit+jwt", kid: keys.permit.id },
      claims: {
        iss: `ringfence:${organizationId}`,
        jti: id,
        sub: phone,
        seller: sellerId,
        purpose,
        dialer: "live_agent",
        iat: second,
        exp: second + 60,
      },
    });
    const [header, payload, signature] = permit.split(".");
    expect(openedBy(folder, `${header}.${payload?.replace(/^e/, "f")}.${signature}`)).toBeNull();
  });

  it("is recorded before it is returned, without the number, and with only the actor's id", async () => {
    const { ctx, phone, phoneId, screen, onRecord } = await scene();
    const allowed = await screen();
    const unmet = await screen(aFederalNumber());

    const row = await onRecord(allowed.id);
    expect(row).toMatchObject({
      phoneId,
      verdict: "allow",
      at: allowed.checked.at,
      permitUntil: allowed.expiresAt,
      refusals: [],
      checked: { consent: { id: phoneId }, jurisdictions: ["US"], ledgerSize: null },
    });
    expect(row.actor).toEqual({ type: "member", id: "ada" });
    expect(JSON.stringify(row)).not.toContain(phone.slice(-7));

    const refused = await onRecord(unmet.id);
    expect(refused).toMatchObject({ verdict: "refuse", permitUntil: null });
    expect(refused.refusals).toMatchObject(unmet.refusals.map(({ reason }) => ({ reason })));
    const { organizationId } = ctx;
    expect(
      await db.prisma.phone.findFirst({ where: { organizationId, id: refused.phoneId ?? "" } }),
    ).toMatchObject({ e164: unmet.phone });
  });

  it("judges each call again, and stores a phone once", async () => {
    const { ctx, screen } = await scene();
    const phone = aFederalNumber();
    const answers = [await screen(phone), await screen(phone)];
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
    const { organizationId } = ctx;
    expect(await db.prisma.phone.count({ where: { organizationId, e164: phone } })).toBe(1);
  });

  it("gives the same result for five spellings of a number", async () => {
    const { phone, screen } = await scene();
    const [area, line] = [phone.slice(2, 5), phone.slice(-4)];
    const spellings = [
      phone,
      `+1 (${area}) 555-${line}`,
      `001 ${area} 555 ${line}`,
      `1${area}555${line}`,
      `(${area}) 555.${line}`,
    ];
    const answers = await Promise.all(spellings.map((spelling) => screen(spelling)));
    expect(answers.map((answer) => [answer.phone, answer.verdict])).toEqual(
      spellings.map(() => [phone, "allow"]),
    );
  });

  it.each(["", "call me", "+1202555010", "+1 202 555 0101 ext. 5", "☎", "\0", "\uD83D"])(
    "knows that %j is no number, and says nothing else of it",
    async (garbage) => {
      const { screen, onRecord } = await scene();
      const answer = await screen(garbage);
      expect([answer.phone, answer.verdict, listReasons(answer), answer.warnings]).toEqual([
        null,
        "refuse",
        ["number-invalid"],
        [],
      ]);
      expect(await onRecord(answer.id)).toMatchObject({ phoneId: null, verdict: "refuse" });
    },
  );

  it.each([
    ["purpose", { purpose: "elsewhere" }],
    ["seller", { purpose, seller: "elsewhere" }],
  ])("says that it does not know a %s", async (field, asked) => {
    const { ctx, phone } = await scene();
    await expect(screenCall(ctx, { phone, ...asked })).rejects.toMatchObject({
      code: "invalid-field",
      path: `/${field}`,
    });
  });

  it("uses the only seller if none is named, and requires one of several", async () => {
    const { ctx, phone, sellerId, screen, onRecord } = await scene();
    expect((await onRecord((await screen()).id)).sellerId).toBe(sellerId);

    await aSeller(db, ctx.organizationId, "other");
    await expect(screen()).rejects.toMatchObject({ code: "invalid-field", path: "/seller" });
    for (const seller of ["acme", sellerId]) {
      expect((await screenCall(ctx, { phone, purpose, seller })).verdict).toBe("allow");
    }
  });

  it("refuses an auditor, and an agent of other sellers", async () => {
    const { ctx, phone, sellerId } = await scene();
    const other = await aSeller(db, ctx.organizationId, "other");
    const screenAs = (role: Role, sellerIds: SellerId[], seller: string) => {
      const actor = { type: "member", id: "bob", role, sellerIds, isProven: true } as const;
      return screenCall({ ...ctx, actor }, { phone, purpose, seller });
    };
    const forbidden = { code: "forbidden" };

    await expect(screenAs("auditor", [], "acme")).rejects.toMatchObject(forbidden);
    await expect(screenAs("agent", [other], "acme")).rejects.toMatchObject(forbidden);
    await expect(screenAs("agent", [sellerId], "other")).rejects.toMatchObject(forbidden);
    expect((await screenAs("agent", [sellerId], "acme")).verdict).toBe("allow");
  });

  it("does not use facts of another organization", async () => {
    const { phone, phoneId, ctx, screen } = await scene();
    const theirs = await aContext();
    const answer = await screenCall(theirs, { phone, purpose });
    expect(listReasons(answer)).toContain("consent-missing");

    const theirPhone = await db.prisma.phone.findFirstOrThrow({
      where: { organizationId: theirs.organizationId, e164: phone },
    });
    await refuseCalls(theirs, PhoneId.parse(theirPhone.id));
    expect((await screen()).verdict).toBe("allow");
    await refuseCalls(ctx, phoneId);
    expect(listReasons(await screen())).toEqual(["opted-out"]);
  });
});

describe("validity of the key", () => {
  const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [], isProven: true };

  const purpose = "marketing.loans";

  /** A dialer with a key of an organization's own, which was found before the test begins. */
  async function scene() {
    const ctx = await aContext(owner);
    const { phone } = await aCallablePhone(ctx);
    const { id } = await makeApiKey(ctx, {
      reason: "It calls for us.",
      name: "Dialer",
      scopes: ["screen"],
    });
    const dialer = {
      ...ctx,
      actor: { type: "key", id, scopes: ["screen"], secretNumber: 1 },
    } as const;
    const screen = (as = dialer) => screenCall(as, { phone, purpose });
    return { ctx, id, phone, dialer, screen, revoke: () => revokeApiKey(ctx, id) };
  }

  const ended = { code: "key-invalid" };

  const recorded = (organizationId: string) =>
    db.prisma.screening.count({ where: { organizationId } });

  it("refuses a revoked key, and records nothing", async () => {
    const { ctx, dialer, phone, screen, revoke } = await scene();
    expect((await screen()).verdict).toBe("allow");

    await revoke();

    await expect(screen()).rejects.toMatchObject(ended);
    await expect(screenCall(dialer, { phone, purpose, at: aDayLater })).rejects.toMatchObject(
      ended,
    );
    expect(await recorded(ctx.organizationId)).toBe(1);
  });

  it("refuses only the revoked key among those that share a statement", async () => {
    const [ours, theirs] = [await scene(), await scene()];
    await ours.revoke();

    const outcomes = await Promise.allSettled([theirs.screen(), ours.screen(), theirs.screen()]);

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(outcomes[1]).toMatchObject({ reason: ended });
  });

  it("does not accept a key of another organization", async () => {
    const [ours, theirs] = [await scene(), await scene()];
    const intruder = { ...theirs.dialer, actor: ours.dialer.actor };
    await expect(theirs.screen(intruder)).rejects.toMatchObject(ended);
  });

  it("reads the facts again for a number that may have been erased, and checks the key too", async () => {
    const { ctx, screen, revoke } = await scene();
    const { organizationId } = ctx;
    const phoneKey = Buffer.from(ctx.keys.phoneKey(organizationId, Phone.parse("+12025550199")));
    await db.prisma.phone.create({ data: { organizationId, phoneKey, lineTypeAt: longAgo } });
    expect((await screen()).verdict).toBe("allow");
    await revoke();
    await expect(screen()).rejects.toMatchObject(ended);
  });

  it("relies on keys that never change: the database allows only revoking them", async () => {
    const { ctx, id } = await scene();
    const where = { organizationId_id: { organizationId: ctx.organizationId, id } };
    const wider = db.prisma.apiKey.update({ where, data: { scopes: ["screen", "scrubs"] } });
    await expect(wider).rejects.toThrow("append-only");
    await expect(db.prisma.apiKey.delete({ where })).rejects.toThrow("append-only");
  });
});
