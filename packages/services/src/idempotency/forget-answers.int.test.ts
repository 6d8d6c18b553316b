import type { Actor } from "@ringfence/core/access";
import { expect, it } from "vitest";
import { aContext, db, officer } from "../../testing/scenes.ts";
import { forgetAnswers } from "./forget-answers.ts";

const sweep: Actor = { type: "job", name: "retention.sweep" };
const HOUR_MS = 3_600_000;

/** An organization with an answer for each of these ages in hours. */
async function answersOfAge(...hours: number[]) {
  const ctx = await aContext(sweep);
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

it("forgets what is older than a day, and may be repeated", async () => {
  const ctx = await answersOfAge(1, 23, 25, 50);
  expect(await forgetAnswers(ctx)).toBe(2);
  expect(await forgetAnswers(ctx)).toBe(0);
  expect(await keysOf(ctx)).toEqual(["k-1", "k-23"]);
});

it("leaves the answers of another organization", async () => {
  const theirs = await answersOfAge(25);
  await forgetAnswers(await answersOfAge(25));
  expect(await keysOf(theirs)).toEqual(["k-25"]);
});

it("is for the job alone", async () => {
  await expect(forgetAnswers(await aContext(officer))).rejects.toThrow("error.forbidden");
});
