import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { RootContext } from "../../platform/context.ts";
import { exportOptOuts } from "./export-opt-outs.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { optOutFeed } from "./opt-out-feed.ts";

async function linesOf(ctx: RootContext) {
  const parts: string[] = [];
  for await (const part of await exportOptOuts(ctx)) parts.push(part);
  return parts.join("").trimEnd().split("\r\n");
}

const refuse = (ctx: RootContext, phone = aNumber()) =>
  recorded(ctx, { phone, scope: { seller: "acme" }, channel: "sms" });

it("writes all that is refused, with a cursor from which the feed goes on", async () => {
  const ctx = await aContext();
  const { id, phone, effectiveAt, reference } = await refuse(ctx);
  const at = effectiveAt.toISOString();

  expect(await linesOf(ctx)).toEqual([
    "id,phone,scope,seller,purpose,channel,effective_at,recorded_at,reference,position,phones",
    `${id},${phone},seller,acme,,sms,${at},${at},${reference},1,${phone}`,
  ]);

  const { id: later } = await refuse(ctx);
  expect((await optOutFeed(ctx, { after: "1", limit: 10 })).items).toMatchObject([{ id: later }]);
});

it("names all phones of the person, as the feed does", async () => {
  const ctx = await aContext();
  const phones = [aNumber(), aNumber()].toSorted();
  await recordContacts(ctx, { rows: [{ phones }] });
  await refuse(ctx, phones[0]);
  expect((await linesOf(ctx)).at(-1)).toContain(`,${phones.join(" ")}`);
  expect((await optOutFeed(ctx, { limit: 1 })).items).toMatchObject([{ phone: phones[0], phones }]);
});

it("writes what is refused while it is written", async () => {
  const ctx = await aContext();
  await refuse(ctx);
  const parts: string[] = [];
  let late = "";
  for await (const part of await exportOptOuts(ctx)) {
    parts.push(part);
    if (parts.length === 2) late = (await refuse(ctx)).id;
  }
  expect(parts.at(-1)).toContain(late);
});

it("leaves out what was lifted", async () => {
  const { ctx, phone, correct } = await aWrongRefusal();
  expect((await linesOf(ctx)).at(-1)).toContain(phone);
  await correct();
  expect(await linesOf(ctx)).toHaveLength(1);
});

it("puts on record who took it", async () => {
  const ctx = await aContext();
  await linesOf(ctx);

  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { action: "opt-out.read", details: { exported: true } },
  ]);
});

it("is not for agents", async () => {
  const ctx = await aContext();
  await expect(exportOptOuts(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("does not write what was said to another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await refuse(other);
  expect(await linesOf(ctx)).toHaveLength(1);
});
