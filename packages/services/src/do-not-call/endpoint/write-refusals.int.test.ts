import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, anotherPhoneOf, erase } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { writeRefusals } from "./write-refusals.ts";

const asWorker = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "webhook.deliver" },
});

async function phonesIn(ctx: RootContext) {
  const parts: string[] = [];
  for await (const part of writeRefusals(asWorker(ctx))) parts.push(part);
  const [, ...lines] = parts.join("").trimEnd().split("\r\n");
  return lines.map((line) => line.split(",")[0]);
}

it("tells of every refusal of calls, over all phones of the person", async () => {
  const ctx = await aContext();
  const { phone, contactId } = await aCallablePhone(ctx);
  const other = await anotherPhoneOf(ctx, contactId);
  const alone = aNumber();
  await recorded(ctx, { phone, channel: "agent" });
  await recorded(ctx, { phone: alone, channel: "sms", scope: { seller: "acme" } });
  await recorded(ctx, { phone: aNumber(), channel: "web", scope: { profiling: true } });
  expect(await phonesIn(ctx)).toEqual([...[phone, other.phone].toSorted(), alone]);
});

it("leaves out what was lifted, and a number that was erased", async () => {
  const { ctx, phone, correct } = await aWrongRefusal();
  expect(await phonesIn(ctx)).toEqual([phone]);
  await correct();
  const gone = aNumber();
  await recorded(ctx, { phone: gone, channel: "agent" });
  await erase(ctx, gone);
  expect(await phonesIn(ctx)).toEqual([]);
});

it("goes on page after page", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const { organizationId } = ctx;
  await recorded(ctx, { phone, channel: "agent" });
  await db.pool.query(
    `INSERT INTO opt_out (organization_id, id, phone_id, scope, channel, at, reference, recorded_at, actor)
     SELECT organization_id, uuid7(), phone_id, scope, channel, at, 'R' || n, recorded_at, actor
     FROM opt_out CROSS JOIN generate_series(1, 5000) AS n WHERE organization_id = $1`,
    [organizationId],
  );
  expect(await phonesIn(ctx)).toHaveLength(5_001);
});

it("tells nothing of another organization, nor anything to who is no worker", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recorded(other, { phone: aNumber(), channel: "agent" });
  expect(await phonesIn(ctx)).toEqual([]);
  await expect(writeRefusals(ctx).next()).rejects.toMatchObject({ code: "forbidden" });
});
