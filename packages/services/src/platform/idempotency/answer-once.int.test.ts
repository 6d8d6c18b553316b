import type { OrganizationId } from "@ringfence/core/ids";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { hasTransactionId } from "../../../testing/has-transaction-id.ts";
import { aContext, db, keys, officer } from "../../../testing/scenes.ts";
import { type TransactionContext, inTransaction } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type SavedAnswer, answerOnce, deleteOldAnswers, findOutcomes } from "./answer-once.ts";

const toHash = (text: string) => Buffer.from(text.padEnd(32));

const request = { route: "/v1/sellers", key: "k-1", hash: toHash("body") };

async function aKeyContext(organization?: OrganizationId) {
  const organizationId = organization ?? (await anOrganization(db));
  const { id } = await db.prisma.apiKey.create({
    data: {
      organizationId,
      name: "Dialer",
      scopes: [],
      secretHash: crypto.getRandomValues(Buffer.alloc(32)),
      createdAt: new Date(),
    },
  });
  return { db, keys, organizationId, actor: { type: "key", id, scopes: [] } as const };
}

/** A work that leaves a seller for each time it was done. */
const makeSeller =
  (key: string) =>
  async ({ db, organizationId }: TransactionContext): Promise<SavedAnswer> => {
    await db.seller.create({ data: { organizationId, key, name: key, sector: "other" } });
    return { status: 201, body: JSON.stringify({ key }) };
  };

const listSellers = ({ organizationId }: { organizationId: OrganizationId }) =>
  db.prisma.seller.count({ where: { organizationId, key: { not: "acme" } } });

const noAnswer = () => null;

it("does the work once, and gives the first answer again", async () => {
  const ctx = await aKeyContext();

  const first = await answerOnce(request, ctx, makeSeller("one"), noAnswer);
  const again = await answerOnce(request, ctx, makeSeller("two"), noAnswer);

  const answer = { status: 201, body: '{"key":"one"}' };
  expect([first, again]).toEqual([
    { outcome: "first", answer },
    { outcome: "replayed", answer },
  ]);
  expect(await listSellers(ctx)).toBe(1);
});

it("lets a repetition wait for a standby, like the first request", async () => {
  const ctx = await aKeyContext();
  await answerOnce(request, ctx, makeSeller("one"), noAnswer);

  const hasId = (sent: typeof request) =>
    inTransaction(ctx, async (tx) => {
      await findOutcomes(tx, [{ ...sent, apiKeyId: ctx.actor.id }]);
      return hasTransactionId(tx);
    });

  expect(await hasId(request)).toBe(true);
  expect(await hasId({ ...request, key: "k-2" })).toBe(false);
});

it("refuses another request under the same key", async () => {
  const ctx = await aKeyContext();
  await answerOnce(request, ctx, makeSeller("one"), noAnswer);

  const other = { ...request, hash: toHash("other") };

  expect(await answerOnce(other, ctx, makeSeller("two"), noAnswer)).toEqual({
    outcome: "conflict",
  });
  expect(await listSellers(ctx)).toBe(1);
});

it("answers that the work is running, as long as it is", async () => {
  const ctx = await aKeyContext();
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = answerOnce(
    request,
    ctx,
    async (tx) => {
      begun.resolve();
      await goOn.promise;
      return makeSeller("one")(tx);
    },
    noAnswer,
  );
  await begun.promise;

  expect(await answerOnce(request, ctx, makeSeller("two"), noAnswer)).toEqual({
    outcome: "running",
  });
  goOn.resolve();
  expect(await first).toMatchObject({ outcome: "first" });
  expect(await answerOnce(request, ctx, makeSeller("two"), noAnswer)).toMatchObject({
    outcome: "replayed",
  });
});

it("leaves nothing of interrupted work, and does it when repeated", async () => {
  const ctx = await aKeyContext();
  const broken = answerOnce(
    request,
    ctx,
    async (tx) => {
      await makeSeller("one")(tx);
      throw new Error("power cut");
    },
    noAnswer,
  );
  await expect(broken).rejects.toThrow("power cut");
  expect(await listSellers(ctx)).toBe(0);

  expect(await answerOnce(request, ctx, makeSeller("two"), noAnswer)).toMatchObject({
    outcome: "first",
  });
});

it("keeps the answer to what a verb refused, and undoes its work", async () => {
  const ctx = await aKeyContext();
  const refusal = { status: 404, body: "{}" };
  const refuse = () =>
    answerOnce(
      request,
      ctx,
      async (tx) => {
        await makeSeller("one")(tx);
        throw new ServiceError("not-found", { key: "error.phone-not-found" });
      },
      (error) => (error instanceof ServiceError ? refusal : null),
    );

  expect(await refuse()).toEqual({ outcome: "first", answer: refusal });
  expect(await refuse()).toEqual({ outcome: "replayed", answer: refusal });
  expect(await listSellers(ctx)).toBe(0);
});

it("does the work again after a day", async () => {
  const ctx = await aKeyContext();
  const { organizationId } = ctx;
  await answerOnce(request, ctx, makeSeller("one"), noAnswer);
  await db.prisma.$executeRaw`UPDATE idempotent_answer SET created_at = now() - interval '25 hours'
    WHERE organization_id = ${organizationId}::uuid`;

  const again = () => answerOnce(request, ctx, makeSeller("two"), noAnswer);

  expect(await again()).toMatchObject({ outcome: "first", answer: { body: '{"key":"two"}' } });
  expect(await again()).toMatchObject({ outcome: "replayed", answer: { body: '{"key":"two"}' } });
});

it("keeps apart keys, routes, and another organization", async () => {
  const ctx = await aKeyContext();
  await answerOnce(request, ctx, makeSeller("one"), noAnswer);

  const others = [
    answerOnce(request, await aKeyContext(ctx.organizationId), makeSeller("two"), noAnswer),
    answerOnce({ ...request, route: "/v1/brands" }, ctx, makeSeller("three"), noAnswer),
    answerOnce({ ...request, key: "k-2" }, ctx, makeSeller("four"), noAnswer),
    answerOnce(request, await aKeyContext(), makeSeller("one"), noAnswer),
  ];
  for (const answer of await Promise.all(others)) expect(answer.outcome).toBe("first");
});

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

const listKeys = async ({ organizationId }: Awaited<ReturnType<typeof answersOfAge>>) =>
  (await db.prisma.idempotentAnswer.findMany({ where: { organizationId } })).map(({ key }) => key);

it("forgets what is older than a day, of every organization, and may be repeated", async () => {
  const [ctx, others] = [await answersOfAge(1, 23, 25, 50), await answersOfAge(2, 24.5)];
  expect(await deleteOldAnswers(db)).toBe(3);
  expect(await deleteOldAnswers(db)).toBe(0);
  expect(await listKeys(ctx)).toEqual(["k-1", "k-23"]);
  expect(await listKeys(others)).toEqual(["k-2"]);
});
