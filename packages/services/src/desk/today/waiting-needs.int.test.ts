import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aCalledPerson, complain } from "../../../testing/complaints.ts";
import { aDraft } from "../../../testing/campaigns.ts";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { aDraftForm } from "../../../testing/forms.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aNumber } from "@ringfence/db/testing";
import { moveCampaign } from "../../audience/campaign/move.ts";
import { answerFormCheck } from "../../consents/capture-form/check-page.ts";
import { AnswerFormCheck } from "@ringfence/core/consents/form-check";
import type { RootContext } from "../../platform/context.ts";
import { listNeeds } from "./list-needs.ts";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it("lists messages that wait, and requests of other officers", async () => {
  const { ctx, other, propose, asked } = await aWrongRefusal();
  const { organizationId } = ctx;
  const { id: phoneId } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  const [older, newer] = [daysAgo(2), daysAgo(1)];
  for (const receivedAt of [newer, older]) {
    const said = { organizationId, phoneId, text: "Enough.", receivedAt };
    await db.prisma.refusalQuestion.create({ data: { ...said, channel: "sms", actor: {} } });
  }
  await propose();

  expect(await listNeeds(other)).toMatchObject([
    { kind: "questions-open", when: "now", count: 2, oldest: older },
    { kind: "corrections-open", when: "today", count: 1 },
  ]);
  expect((await listNeeds(ctx)).map(({ kind }) => kind)).not.toContain("corrections-open"); // nobody accepts their own
  await asked(60);
  const waits = { kind: "corrections-open", when: "today" };
  expect(await listNeeds(other)).toContainEqual(expect.objectContaining({ ...waits, count: 61 }));
  expect(await listNeeds(ctx)).toContainEqual(expect.objectContaining({ ...waits, count: 60 }));
  expect(await listNeeds(as(ctx, "agent"))).toEqual([]);
  expect(await listNeeds(await aContext())).toEqual([]); // another organization
});

it("counts open complaints, urgent once one is overdue or due within three days", async () => {
  const { office, person } = await aCalledPerson();
  const { organizationId } = office;
  const [first, second] = [await complain(person), await complain(person)];
  const setDue = (id: string, days: number) =>
    db.prisma.complaint.updateMany({
      where: { organizationId, id },
      data: { dueAt: daysAgo(-days) },
    });
  const list = async () =>
    (await listNeeds(office)).filter(({ kind }) => kind === "complaints-open");
  expect(await list()).toMatchObject([{ when: "today", count: 2, overdue: 0, near: 0 }]);
  await setDue(first, 2);
  expect(await list()).toMatchObject([{ when: "now", count: 2, overdue: 0, near: 1 }]);
  await setDue(second, -1);
  expect(await list()).toMatchObject([{ when: "now", count: 2, overdue: 1, near: 1 }]);
  expect(await listNeeds(as(office, "agent"))).toEqual([]);
});

const findNeed = async (ctx: RootContext, sought: string) =>
  (await listNeeds(ctx)).find(({ kind }) => kind === sought);

it("names changes that an endpoint never received, until it is disabled", async () => {
  const { ctx, endpointId } = await anEndpoint();
  const { organizationId } = ctx;
  for (let n = 0; n < 3; n++) await recorded(ctx, { phone: aNumber(), channel: "agent" });
  expect(await findNeed(ctx, "deliveries-dead")).toBeUndefined();

  const [oldest, next] = await db.prisma.delivery.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  await db.prisma.delivery.updateMany({
    where: { organizationId, id: { in: [oldest?.id ?? "", next?.id ?? ""] } },
    data: { status: "dead" },
  });
  expect(await findNeed(ctx, "deliveries-dead")).toEqual({
    kind: "deliveries-dead",
    when: "now",
    count: 2,
    oldest: oldest?.createdAt,
  });
  expect(await findNeed(as(ctx, "agent"), "deliveries-dead")).toBeUndefined();
  expect(await listNeeds(await aContext())).toEqual([]);

  await db.prisma.endpoint.updateMany({
    where: { organizationId, id: endpointId },
    data: { disabledAt: new Date() },
  });
  expect(await findNeed(ctx, "deliveries-dead")).toBeUndefined();
});

it("asks an officer for the review of a campaign, but not one who wrote it", async () => {
  const { ctx, marketer, campaignId } = await aDraft();
  expect(await findNeed(ctx, "campaigns-in-review")).toBeUndefined();
  await moveCampaign(marketer, { campaignId, act: "submit" });

  const officer: RootContext = {
    ...ctx,
    actor: { type: "member", id: "cy", role: "officer", sellerIds: [], isProven: true },
  };
  expect(await findNeed(officer, "campaigns-in-review")).toMatchObject({ when: "today", count: 1 });
  expect(await findNeed(marketer, "campaigns-in-review")).toBeUndefined(); // may not review
  const author = as(ctx, "officer"); // who has become an officer since
  expect(await findNeed(author, "campaigns-in-review")).toBeUndefined();
  expect(await listNeeds(as(await aContext(), "officer"))).toEqual([]);

  await moveCampaign(officer, { campaignId, act: "refuse", reason: "Too early." });
  expect(await findNeed(officer, "campaigns-in-review")).toBeUndefined();
});

it("names a form whose checks could not tell, until each question is answered", async () => {
  const ctx = await aContext();
  const { id: formId } = await aDraftForm(ctx);
  const undecided = (check: string) => ({
    check,
    finding: { result: "cannot-tell", question: { key: "form.no-page", values: {} }, evidence: [] },
    severities: {},
    grounds: [],
  });
  const checks = [undecided("not-pre-ticked"), undecided("positive-act")];
  await db.prisma.captureForm.updateMany({
    where: { organizationId: ctx.organizationId, id: formId },
    data: { checks },
  });
  const answer = (check: string) =>
    answerFormCheck(ctx, AnswerFormCheck.parse({ formId, check, holds: true, note: "I looked." }));

  expect(await findNeed(ctx, "form-questions-open")).toMatchObject({ when: "today", count: 1 });
  expect(await findNeed(as(ctx, "marketer"), "form-questions-open")).toBeUndefined();
  expect(await listNeeds(await aContext())).toEqual([]);

  await answer("not-pre-ticked");
  expect(await findNeed(ctx, "form-questions-open")).toMatchObject({ count: 1 });
  await answer("positive-act");
  expect(await findNeed(ctx, "form-questions-open")).toBeUndefined();
});
