import type { Actor } from "@ringfence/core/platform/access";
import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { aCallablePhone, aDayLater, longAgo } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { makeApiKey, revokeApiKey } from "../../account/api-key/index.ts";
import { screenCall } from "./screen-call.ts";

const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [] };
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
  const dialer = { ...ctx, actor: { type: "key", id, scopes: ["screen"] } } as const;
  const screen = (as = dialer) => screenCall(as, { phone, purpose });
  return { ctx, id, phone, dialer, screen, revoke: () => revokeApiKey(ctx, id) };
}

const ended = { code: "key-invalid" };
const recorded = (organizationId: string) =>
  db.prisma.screening.count({ where: { organizationId } });

it("ends with the key, and puts nothing on record", async () => {
  const { ctx, dialer, phone, screen, revoke } = await scene();
  expect((await screen()).verdict).toBe("allow");

  await revoke();

  await expect(screen()).rejects.toMatchObject(ended);
  await expect(screenCall(dialer, { phone, purpose, at: aDayLater })).rejects.toMatchObject(ended);
  expect(await recorded(ctx.organizationId)).toBe(1);
});

it("refuses the revoked key alone among those that share a statement", async () => {
  const [ours, theirs] = [await scene(), await scene()];
  await ours.revoke();

  const outcomes = await Promise.allSettled([theirs.screen(), ours.screen(), theirs.screen()]);

  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(outcomes[1]).toMatchObject({ reason: ended });
});

it("does not take the key of another organization", async () => {
  const [ours, theirs] = [await scene(), await scene()];
  const intruder = { ...theirs.dialer, actor: ours.dialer.actor };
  await expect(theirs.screen(intruder)).rejects.toMatchObject(ended);
});

it("asks once more about a number that may have been erased, and for the key too", async () => {
  const { ctx, screen, revoke } = await scene();
  const { organizationId } = ctx;
  const phoneKey = Buffer.from(ctx.keys.phoneKey(organizationId, Phone.parse("+12025550199")));
  await db.prisma.phone.create({ data: { organizationId, phoneKey, lineTypeAt: longAgo } });
  expect((await screen()).verdict).toBe("allow");
  await revoke();
  await expect(screen()).rejects.toMatchObject(ended);
});

it("counts on a key that never changes: the database lets it only end", async () => {
  const { ctx, id } = await scene();
  const where = { organizationId_id: { organizationId: ctx.organizationId, id } };
  const wider = db.prisma.apiKey.update({ where, data: { scopes: ["screen", "scrubs"] } });
  await expect(wider).rejects.toThrow("append-only");
  await expect(db.prisma.apiKey.delete({ where })).rejects.toThrow("append-only");
});
