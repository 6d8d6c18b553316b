import { expect, it } from "vitest";
import { db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { answerQuestion, listQuestions } from "../../do-not-call/inbound/questions.ts";

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const hungUp = (hours: number) => ({ at: hoursAgo(hours), outcome: "reached", seconds: 2 });

it("asks once about a person who keeps hanging up, and records a confirmed refusal", async () => {
  const { ctx, phone, phoneId } = await aCalledPerson();
  await called(ctx, phone, hungUp(50), hungUp(30));
  await scan(ctx);
  expect((await listQuestions(ctx)).count).toBe(0);

  await called(ctx, phone, hungUp(10));
  await scan(ctx);
  const { items } = await listQuestions(ctx);
  expect(items).toMatchObject([
    { phone, pattern: { key: "question.soft-refusal", values: { hungUp: 3, rejected: 0 } } },
  ]);

  await called(ctx, phone, hungUp(5));
  await scan(ctx);
  expect((await listQuestions(ctx)).count).toBe(1);

  const [question] = items;
  if (!question) throw new Error("nobody was asked");
  await answerQuestion(ctx, { questionId: question.id, isRefusal: true });
  const where = { organizationId: ctx.organizationId, phoneId };
  expect(await db.prisma.optOut.findMany({ where })).toMatchObject([{ scope: "all" }]);
});

it("does not ask about a person who has opted out already", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, { at: hoursAgo(60), outcome: "DNC" });
  await scan(ctx);
  await called(ctx, phone, hungUp(50), hungUp(30), hungUp(10));
  await scan(ctx);
  expect((await listQuestions(ctx)).count).toBe(0);
});
