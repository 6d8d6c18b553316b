import { PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aConsent, aContext, db } from "../../../testing/scenes.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { recordActivities } from "../activity/record-activities.ts";
import { takeSubmission } from "../../consents/capture-form/take-submission.ts";
import { recordConsent } from "../../consents/consent/record-consent.ts";
import { inTransaction, type RootContext, type ServiceContext } from "../../platform/context.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { recordContacts } from "./record-contacts.ts";

/** Ada, and what a system outside goes on sending of her. */
async function ada() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const [phone, another] = [aNumber(), aNumber()];
  const row = { externalId: "a", name: "Ada Lovelace", phones: [phone] };
  const send = (by: ServiceContext, more: object = {}) =>
    recordContacts(by, { rows: [{ ...row, ...more }] });
  await send(ctx);
  const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  const person = { phoneId: PhoneId.parse(id) };
  const erase = (by: ServiceContext) => erasePerson(by, { person, reason: "asked" });
  const onRecord = () =>
    db.prisma.contact.findMany({
      where: { organizationId },
      include: { phones: { include: { phone: true } } },
    });
  return { ctx, another, send, erase, onRecord };
}

/** What the second did, which began while the first had not ended. */
async function second<T>(
  ctx: RootContext,
  first: (ctx: ServiceContext) => Promise<unknown>,
  other: () => Promise<T>,
  then: typeof first = () => Promise.resolve(),
): Promise<T> {
  const work = async (ctx: ServiceContext) => {
    await first(ctx);
    const done = Promise.allSettled([other()]);
    await untilOneWaits();
    await then(ctx);
    return { done };
  };
  const [outcome] = await (await inTransaction(ctx, work, { timeoutMs: 30_000 })).done;
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

it("brings nothing back of somebody who is being erased", async () => {
  const { ctx, send, erase, onRecord } = await ada();
  const sent = await second(ctx, erase, () => send(ctx, { email: "ada@example.org" }));
  expect(await onRecord()).toMatchObject([{ externalId: null, name: null, email: null }]);
  expect(sent.rows).toMatchObject([{ status: "rejected", message: { key: "contact.erased" } }]);
});

it("writes no activity of somebody who is being erased", async () => {
  const { ctx, erase } = await ada();
  const did = { externalId: "o1", contact: "a", type: "purchase", at: "2026-03-01T09:00:00Z" };
  const sent = await second(ctx, erase, () => recordActivities(ctx, { rows: [did] }));
  expect(sent.rows).toMatchObject([{ status: "rejected" }]);
  const { organizationId } = ctx;
  expect(await db.prisma.activity.count({ where: { organizationId } })).toBe(0);
});

it("leaves nothing to an erasure that it would not see", async () => {
  const { ctx, another, send, erase, onRecord } = await ada();
  const first = (ctx: ServiceContext) => send(ctx, { phones: [another] });
  await second(ctx, first, () => erase(ctx));
  const phones = [{ phone: { e164: null } }, { phone: { e164: null } }];
  expect(await onRecord()).toMatchObject([{ externalId: null, name: null, phones }]);
});

it("waits in no circle with a consent that says whose the same new number is", async () => {
  const { ctx, another, send, onRecord } = await ada();
  const consent = aConsent({ phone: another, contact: { externalId: "a" } });
  const more = (ctx: ServiceContext) => send(ctx, { phones: [another] });
  await second(ctx, send, () => recordConsent(ctx, consent), more);
  expect(await onRecord()).toMatchObject([{ phones: { length: 2 } }]);
});

it("waits in no circle with a form that says whose the same new number is", async () => {
  const { ctx, another, send, onRecord } = await ada();
  const { address } = await aForm(ctx);
  const filled = { phone: another, name: "Ada Lovelace" };
  const { form, ...sent } = await aSubmission(ctx, address, filled);
  const more = (ctx: ServiceContext) => send(ctx, { phones: [another] });
  await second(ctx, send, () => takeSubmission(form, sent), more);
  expect(await onRecord()).toMatchObject([{ phones: { length: 2 } }]);
});
