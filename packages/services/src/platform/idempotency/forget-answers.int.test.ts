import { expect, it } from "vitest";
import { aContext, db, officer } from "../../../testing/scenes.ts";
import { forgetAnswers } from "./forget-answers.ts";

const HOUR_MS = 3_600_000;

/** An organization with an answer for each of these ages in hours. */
async function answersOfAge(...hours: number[]) {
  const ctx = await aContext(officer);
  const { organizationId } = ctx;
  await db.prisma.apiKey.create({
    data: {
      organizationId,
      name: "Dialer",
      scopes: [],
      secretHash: crypto.getRandomValues(Buffer.alloc(32)),
      createdAt: new Date(),
      answers: {
        create: hours.map((age) => ({
          route: "/v1/opt-outs",
          key: `k-${age}`,
          requestHash: Buffer.alloc(32),
          status: 201,
          body: "{}",
          createdAt: new Date(Date.now() - age * HOUR_MS),
        })),
      },
    },
  });
  return ctx;
}
const keysOf = async ({ organizationId }: Awaited<ReturnType<typeof answersOfAge>>) =>
  (await db.prisma.idempotentAnswer.findMany({ where: { organizationId } })).map(({ key }) => key);

it("forgets what is older than a day, of every organization, and may be repeated", async () => {
  const [ctx, others] = [await answersOfAge(1, 23, 25, 50), await answersOfAge(2, 24.5)];
  expect(await forgetAnswers(db)).toBe(3);
  expect(await forgetAnswers(db)).toBe(0);
  expect(await keysOf(ctx)).toEqual(["k-1", "k-23"]);
  expect(await keysOf(others)).toEqual(["k-2"]);
});
