import type { Phone } from "@ringfence/core/people/phone";
import { aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { startDueCounts, countContacts } from "./count-contacts.ts";

const asJob = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "registry.count" },
});
const aContact = ({ organizationId }: RootContext, e164: string) =>
  aPhone(db, organizationId, { e164: e164 as Phone });
const queued = async ({ organizationId }: RootContext) => {
  await startDueCounts(db);
  const { rowCount } = await db.pool.query("SELECT FROM graphile_worker.jobs WHERE key = $1", [
    `registry.count ${organizationId}`,
  ]);
  return rowCount;
};

it("counts a contact once in each jurisdiction of its numbers, and in the country", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await aContact(ctx, "+14165550001"); // Toronto
  await aContact(ctx, "+12145550001"); // Dallas
  const phoneId = await aContact(ctx, "+12145550002");
  const { contactId } = await db.prisma.contactPhone.findFirstOrThrow({
    where: { organizationId, phoneId },
  });
  const second = await db.prisma.phone.create({ data: { organizationId, e164: "+12145550003" } });
  await db.prisma.contactPhone.create({ data: { organizationId, contactId, phoneId: second.id } });
  await aContact(ctx, "+3545551234"); // Iceland, of whose rules nothing is known
  await db.prisma.phone.create({ data: { organizationId, e164: "+12145550009" } }); // nobody's

  expect(await countContacts(asJob(ctx))).toEqual({ CA: 1, "US-TX": 2, US: 2, "": 1 });
});

it("counts contacts outside the areas that a registry covers", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const registry = { organizationId, name: "US", format: {}, source: {}, maxAgeDays: 31 };
  await db.prisma.registry.create({
    data: { ...registry, code: "US-FTC-DNC", edition: 1, areas: { "1214": 3 } },
  });
  await aContact(ctx, "+12145550001");
  await aContact(ctx, "+12125550001");
  expect(await countContacts(asJob(ctx))).toMatchObject({
    US: 2,
    "US US-FTC-DNC": 1,
    "US-NY US-FTC-DNC": 1,
  });
});

it("counts no erased numbers and none of another organization, and allows only the worker", async () => {
  const ctx = await aContext();
  await aContact(await aContext(), "+14165550001");
  const id = await aContact(ctx, "+14165550001");
  await db.prisma.phone.updateMany({
    where: { id },
    data: { e164: null, phoneKey: Buffer.from(id) },
  });
  expect(await countContacts(asJob(ctx))).toEqual({});
  await expect(countContacts(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

it("queues a count for new contacts or an old count, and never without contacts", async () => {
  const ctx = await aContext();
  expect(await queued(ctx)).toBe(0);
  await aContact(ctx, "+14165550001");
  expect(await queued(ctx)).toBe(1);
  const { organizationId } = ctx;
  const { rows } = await db.pool.query(
    "SELECT queue_name FROM graphile_worker.jobs WHERE key = $1",
    [`registry.count ${organizationId}`],
  );
  // The queue lets one count run at a time.
  expect(rows).toEqual([{ queue_name: `registry.count ${organizationId}` }]);
  const forget = () =>
    db.pool.query(
      "SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE key = $1",
      [`registry.count ${organizationId}`],
    );
  await forget();
  await countContacts(asJob(ctx));
  expect(await queued(ctx)).toBe(0);

  const countedAgo = (minutes: number) =>
    db.pool.query(
      "UPDATE contact_count SET counted_at = clock_timestamp() - make_interval(mins => $2) WHERE organization_id = $1",
      [organizationId, minutes],
    );
  await countedAgo(6);
  expect(await queued(ctx)).toBe(0);
  await aContact(ctx, "+14165550002");
  expect(await queued(ctx)).toBe(1);
  await forget();
  await countContacts(asJob(ctx));
  await countedAgo(61);
  expect(await queued(ctx)).toBe(1);
});
