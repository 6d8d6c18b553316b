import { PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint, getWebhookRequest } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aRegistryThatLists, fullList, numbersInArea } from "../../../testing/registries.ts";
import { aConsent, db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, noon, scan } from "../../../testing/violations.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import { inTransaction } from "../../platform/context.ts";
import { rollBackRegistry } from "../registry/roll-back.ts";
import { voidConsents } from "../../desk/erasure/void-consents.ts";
import { claimDeliveries } from "../endpoint/claim.ts";
import { listEndpoints } from "../endpoint/list.ts";
import { createWebhook } from "../endpoint/webhook.ts";

const anOptOut = () => ({ phone: aNumber(), channel: "agent" }) as const;

/** Payloads of the jobs that were queued for an endpoint. */
const jobsFor = async (endpointId: string) =>
  (
    await db.pool.query<{ payload: { endpointId: string } }>(
      `SELECT payload FROM graphile_worker._private_jobs AS job
       WHERE payload ->> 'endpointId' = $1`,
      [endpointId],
    )
  ).rows;

it("queues an opt-out as it is recorded, with ids only", async () => {
  const { ctx, endpointId, rows } = await anEndpoint();
  const { phone, ...said } = anOptOut();
  const { id } = await recorded(ctx, { phone, ...said });

  expect(await rows()).toMatchObject([
    { endpointId, event: "opt-out.recorded", subjectId: id, status: "pending", attempts: 0 },
  ]);
  expect(JSON.stringify(await rows())).not.toContain(phone.slice(1));
  expect(JSON.stringify(await jobsFor(endpointId))).not.toContain(phone.slice(1));
  expect(await jobsFor(endpointId)).toHaveLength(1);
});

it("announces nothing that was rolled back", async () => {
  const { ctx, endpointId, rows } = await anEndpoint();
  const undone = inTransaction(ctx, async (ctx) => {
    await recorded(ctx, anOptOut());
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect([await rows(), await jobsFor(endpointId)]).toEqual([[], []]);
});

it("announces an opt-out once, however often it is repeated", async () => {
  const { ctx, rows } = await anEndpoint();
  const said = { ...anOptOut(), at: new Date("2026-03-01T09:00:00Z") };
  for (let n = 0; n < 3; n++) await recorded(ctx, said);
  expect(await rows()).toHaveLength(1);
});

it("announces consents that are given and withdrawn", async () => {
  const { ctx, rows } = await anEndpoint(["consent.changed"]);
  const { id } = await recordConsent(ctx, aConsent());
  await withdrawConsent(ctx, { consent: id, channel: "agent" });
  const events = await db.prisma.consentEvent.findMany({
    where: { consentId: id },
    orderBy: { id: "asc" },
  });
  expect((await rows()).map(({ subjectId }) => subjectId)).toEqual(events.map(({ id }) => id));
});

it("announces a consent that became invalid because its proof was erased", async () => {
  const { ctx, rows } = await anEndpoint(["consent.changed"]);
  const { id } = await recordConsent(ctx, aConsent());
  const granted = await db.prisma.consentEvent.findFirstOrThrow({ where: { consentId: id } });
  await inTransaction(ctx, (ctx) => voidConsents(ctx, [PhoneId.parse(granted.phoneId)]));
  expect(await rows()).toHaveLength(2);
});

it("announces an edition that came into force", async () => {
  const { ctx, asOfficer, registryId, apply } = await aRegistryThatLists(numbersInArea(818, 3));
  const owner = {
    ...asOfficer,
    actor: { type: "member", id: "eve", role: "owner", sellerIds: [] },
  } as const;
  const url = "https://dialer.example/hook";
  await createWebhook(owner, {
    reason: "The dialer keeps its own list.",
    name: "Dialer",
    url,
    events: ["registry.updated"],
  });
  await apply(fullList(numbersInArea(818, 4)));

  const { organizationId } = ctx;
  const edition = await db.prisma.registryEdition.findFirst({
    where: { organizationId, number: 2 },
  });
  const rows = await db.prisma.delivery.findMany({ where: { organizationId } });
  expect(rows).toMatchObject([{ event: "registry.updated", subjectId: edition?.id }]);

  await rollBackRegistry(asOfficer, { registryId, number: 1, reason: "It was published in error" });
  expect(await db.prisma.delivery.count({ where: { organizationId } })).toBe(2);
});

it("announces a violation once per call, with its causes and whose number it was", async () => {
  const { ctx, owner, worker, endpointId, rows } = await anEndpoint(["violation.found"]);
  const { phone } = await aCalledPerson(ctx);
  await called(ctx, phone, { at: noon, externalId: "c-7" });
  const [found] = await scan(ctx);
  await scan(ctx);
  expect(await rows()).toMatchObject([{ event: "violation.found", subjectId: found?.id }]);

  const [delivery] = await claimDeliveries(worker, { endpointId, limit: 10 });
  expect(JSON.parse(getWebhookRequest(delivery).body)).toMatchObject({
    type: "violation.found",
    data: { phone, severity: "minor", causes: ["without-permit"], call: "c-7", seller: "acme" },
  });
  expect(await listEndpoints(owner)).toMatchObject([{ pending: 1 }]);
});

it("announces nothing to endpoints without that event, disabled ones, or those of another organization", async () => {
  const [mine, theirs] = [await anEndpoint(["consent.changed"]), await anEndpoint()];
  await recorded(mine.ctx, anOptOut());
  expect([await mine.rows(), await theirs.rows()]).toEqual([[], []]);

  const { organizationId } = theirs.ctx;
  await db.prisma.endpoint.updateMany({
    where: { organizationId },
    data: { disabledAt: new Date() },
  });
  await recorded(theirs.ctx, anOptOut());
  expect(await theirs.rows()).toEqual([]);
});
