import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { DAY_MS } from "@ringfence/core/platform/time";
import { aNumber, aPhone } from "@ringfence/db/testing";
import { aConfirmation, aMessageSender, by } from "../../../testing/confirmations.ts";
import { aForm } from "../../../testing/forms.ts";
import { erase } from "../../../testing/phones.ts";
import { aContext, db, officer } from "../../../testing/scenes.ts";
import { confirmConsents } from "./answer.ts";
import { openConfirmation } from "./public-page.ts";
import { requeueConfirmations, sendConfirmation } from "./send.ts";
import { queuedJob } from "../../../testing/queued-job.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { openStopLink } from "../../do-not-call/stop-page/links.ts";

const asked = { means: "email", isAsked: true } as const;

const bySms = { means: "sms", isAsked: true } as const;

it("sends a message once, with a link and without advertising", async () => {
  const { ctx, messages, deliver, link } = await aConfirmation(asked);
  await deliver();
  expect(messages).toEqual([
    {
      to: "ada@example.org",
      subject: "Acme: do you agree to our calls?",
      text: expect.stringContaining(`https://rf.example/c/${link}`),
      unsubscribe: expect.stringMatching(/^https:\/\/rf\.example\/s\/[\w-]{56}\/refuse$/),
    },
  ]);
  const [, stop = ""] = /\/s\/([\w-]+)\//.exec(messages[0]?.unsubscribe ?? "") ?? [];
  expect(await openStopLink(ctx, stop)).toMatchObject({ actor: { type: "person" } });
});

it("sends a message again that the provider did not take", async () => {
  const made = await aConfirmation(asked);
  await db.prisma.confirmation.updateMany({
    where: { id: made.confirmationId },
    data: { sentAt: null },
  });
  await made.deliver();
  expect(made.messages).toHaveLength(2);
});

it("sends at most three messages a day to a phone, and answers the same", async () => {
  const [ctx, phone] = [await aContext(), aNumber()];
  const sent = [];
  for (let n = 0; n < 4; n++)
    sent.push((await aConfirmation(asked, { ctx, phone })).messages.length);
  expect(sent).toEqual([1, 1, 1, 0]);
});

it("sends at most three messages a day to a mailbox, whichever phones come with it", async () => {
  const ctx = await aContext();
  const sent = [];
  for (const mailbox of [
    "eve@example.org",
    "Eve@example.org",
    "eve@example.ORG",
    "EVE@example.org",
  ])
    sent.push((await aConfirmation(asked, { ctx, mailbox })).messages.length);
  expect(sent).toEqual([1, 1, 1, 0]);
});

it("stops sending when a form is submitted too often", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { id: formId, address } = await aForm(ctx, {
    confirmation: { means: "sms", isAsked: true },
  });
  const phoneId = await aPhone(db, organizationId);
  const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 60_000)];
  const one = { organizationId, formId, phoneId, consentIds: [], createdAt, expiresAt };
  const message = { ...one, means: "sms", isAsked: true, locale: "en" };
  await db.prisma.confirmation.createMany({ data: Array.from({ length: 599 }, () => message) });

  const last = await aConfirmation(bySms, { ctx, address });
  expect(last.messages).toHaveLength(1);
  const flood = await aConfirmation(bySms, { ctx, address });
  expect(flood.messages).toEqual([]);
  expect((await flood.events()).map(({ type }) => type)).toEqual(["requested", "requested"]);
  expect((await aConfirmation(bySms, { ctx })).messages).toHaveLength(1);
});

it("texts a number that opted out once, from whichever form, and answers the same", async () => {
  const [ctx, phone] = [await aContext(), aNumber()];
  const fill = async () => (await aConfirmation(bySms, { ctx, phone })).messages.length;
  expect(await fill()).toBe(1);
  await recordOptOut(ctx, { phone, channel: "web" });
  expect([await fill(), await fill()]).toEqual([1, 0]);
  expect((await aConfirmation(bySms, { ctx })).messages).toHaveLength(1);
});

it("texts a number that opted out again after 30 days", async () => {
  const [ctx, phone] = [await aContext(), aNumber()];
  const fill = async () => (await aConfirmation(bySms, { ctx, phone })).messages.length;
  const { organizationId } = ctx;
  const phoneId = await aPhone(db, organizationId, { e164: phone });
  const longAgo = new Date(Date.now() - 90 * DAY_MS);
  const times = { at: longAgo, recordedAt: longAgo };
  const said = { channel: "web", reference: "AAAAAAAA", actor: officer } as const;
  await db.prisma.optOut.create({
    data: { organizationId, phoneId, scope: "all", ...said, ...times },
  });
  const age = (days: number) =>
    db.prisma.$executeRaw`
      UPDATE confirmation SET created_at = created_at - make_interval(days => ${days})
      WHERE organization_id = ${organizationId}::uuid`;
  expect(await fill()).toBe(1);
  await age(29);
  expect(await fill()).toBe(0);
  await age(2);
  expect([await fill(), await fill()]).toEqual([1, 0]);
});

it("texts a number as before once its person has consented again by answering", async () => {
  const [ctx, phone] = [await aContext(), aNumber()];
  await recordOptOut(ctx, { phone, channel: "web" });
  const { link, messages } = await aConfirmation(bySms, { ctx, phone });
  expect(messages).toHaveLength(1);
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  await confirmConsents(person, { confirmationId, act: "link answered", ...by });
  expect((await aConfirmation(bySms, { ctx, phone })).messages).toHaveLength(1);
});

it("sends nothing of another organization, and nothing for a member", async () => {
  const { ctx, confirmationId } = await aConfirmation(asked);
  await db.prisma.confirmation.updateMany({
    where: { id: confirmationId },
    data: { sentAt: null },
  });
  const { messageSender, messages } = aMessageSender();
  const how = { messageSender, publicUrl: "https://rf.example" };
  const job = { ...(await aContext()), actor: { type: "job", name: "confirmation.send" } as const };
  await sendConfirmation({ ...job, ...how }, confirmationId);
  expect(messages).toEqual([]);
  await expect(sendConfirmation({ ...ctx, ...how }, confirmationId)).rejects.toMatchObject({
    code: "forbidden",
  });
});

/** A message that should have gone out two minutes ago, with its job. */
async function scene(confirmation: typeof asked | typeof bySms = asked) {
  const { ctx, phone, confirmationId: id, deliver, messages } = await aConfirmation(confirmation);
  messages.length = 0;
  const createdAt = new Date(Date.now() - 120_000);
  await db.prisma.confirmation.updateMany({ where: { id }, data: { sentAt: null, createdAt } });
  return { ctx, phone, id, ...queuedJob(id), deliver, messages };
}

it("queues a message again that a killed worker holds, so that it is sent in time", async () => {
  const { jobs, setJob, deliver, messages } = await scene();
  await setJob("locked_at = now() - interval '2 minutes', attempts = 1");
  await requeueConfirmations(db);
  expect(await jobs()).toEqual([{ attempts: 0, locked_at: null }]);
  await deliver();
  expect(messages).toHaveLength(1);
});

it("queues a lost text message again, unless its number was erased", async () => {
  const [kept, erased] = [await scene(bySms), await scene(bySms)];
  await erase(erased.ctx, Phone.parse(erased.phone));
  for (const { loseJob } of [kept, erased]) await loseJob();
  await requeueConfirmations(db);
  expect(await kept.jobs()).toHaveLength(1);
  expect(await erased.jobs()).toEqual([]);
});

it("queues a lost message again, once", async () => {
  const { jobs, loseJob } = await scene();
  await loseJob();
  await requeueConfirmations(db);
  await requeueConfirmations(db);
  expect(await jobs()).toHaveLength(1);
});

it.each([
  ["that a worker has in hand", "locked_at = now(), attempts = 1"],
  ["that waits to be tried again", "locked_at = NULL, attempts = 3"],
  ["that was given up", "locked_at = NULL, attempts = max_attempts"],
])("leaves a job %s", async (_, set) => {
  const { jobs, setJob } = await scene();
  await setJob(set);
  const before = await jobs();
  await requeueConfirmations(db);
  expect(await jobs()).toEqual(before);
});

it.each([
  ["was sent", () => ({ sentAt: new Date() })],
  ["nobody can answer any more", () => ({ expiresAt: new Date(Date.now() - 1_000) })],
  ["is of this minute", () => ({ createdAt: new Date() })],
])("queues nothing that %s", async (_, change) => {
  const { id, jobs, loseJob } = await scene();
  // Before the job is lost, because the sweep of another test may find it lost.
  await db.prisma.confirmation.updateMany({ where: { id }, data: change() });
  await loseJob();
  await requeueConfirmations(db);
  expect(await jobs()).toEqual([]);
});
