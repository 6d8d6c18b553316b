import { randomUUID } from "node:crypto";
import { aNumber } from "@ringfence/db/testing";
import { makeApiKey, revokeApiKey } from "@ringfence/services/account/api-key";
import { db } from "@ringfence/services/testing";
import { waitForLockWaiter } from "@ringfence/services/testing/lock-waiter";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const CALLERS = 16;

type Headers = Record<string, string>;
const refuse = (authorization: string, phone: string, headers: Headers = {}) =>
  ask(`${url}/v1/opt-outs`, authorization, { phone, channel: "ivr" }, headers);

const aScene = () => aKey("opt-outs:write");
type Scene = Awaited<ReturnType<typeof aScene>>;

/** The numbers on record as refused, one for each opt-out. */
async function loadRefused({ ctx: { organizationId } }: Scene) {
  const { rows } = await db.pool.query<{ phone: string }>(
    `SELECT e164 AS phone FROM opt_out JOIN phone USING (organization_id)
     WHERE organization_id = $1 AND phone.id = phone_id`,
    [organizationId],
  );
  return rows.map(({ phone }) => phone).toSorted();
}

/** Does `work` while a number on record is locked. */
async function whileLocked<T>(scene: Scene, phone: string, work: () => Promise<T>): Promise<T> {
  await refuse(scene.authorization, phone);
  const client = await db.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT FROM phone WHERE e164 = $1 FOR UPDATE", [phone]);
    return await work();
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

it("records fifteen callers beside one who is refused, sends no number or belongs to others", async () => {
  const scene = await aScene();
  const { ctx, authorization } = scene;
  const made = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Old dialer",
    scopes: ["opt-outs:write"],
  });
  await revokeApiKey(ctx, made.id);
  const others = await aScene();
  const twice = { "idempotency-key": randomUUID() };
  const bad = [
    { send: () => refuse(`Bearer ${made.key}`, aNumber()), status: 401 },
    { send: () => refuse(authorization, "my phone"), status: 422 },
    { send: () => refuse(others.authorization, aNumber()), status: 201 },
    { send: () => ask(`${url}/v1/opt-outs`, authorization, "{", twice), status: 400 },
  ];
  for (const { send, status } of bad) {
    const phones = Array.from({ length: CALLERS - 1 }, () => aNumber());
    const before = await loadRefused(scene);
    const [one, ...answers] = await Promise.all([
      send(),
      ...phones.map((phone) => refuse(authorization, phone, { "idempotency-key": randomUUID() })),
    ]);
    expect(one.status).toBe(status);
    expect(answers.map(({ answer }) => answer.phone)).toEqual(phones);
    expect(await loadRefused(scene)).toEqual([...before, ...phones].toSorted());
  }
});

it("does one of two that send the same Idempotency-Key at once, and all others", async () => {
  const scene = await aScene();
  const phones = Array.from({ length: CALLERS }, () => aNumber());
  const [phone = ""] = phones;
  const send = (number: string) =>
    refuse(scene.authorization, number, { "idempotency-key": number });
  const [again, ...answers] = await Promise.all([send(phone), ...phones.map(send)]);
  // One of the two was first. The other was told so, or got its answer.
  const [first] = answers;
  const pair = [again, first].map((it) => it?.answer.phone ?? it?.answer.code);
  expect(pair).toContain(phone);
  expect([phone, "idempotency-running"]).toEqual(expect.arrayContaining(pair));
  expect(answers.slice(1).map(({ status }) => status)).toEqual(phones.slice(1).map(() => 201));
  expect(await loadRefused(scene)).toEqual(phones.toSorted());
});

it("records the refusal of a caller that hangs up, and answers those behind it", async () => {
  const scene = await aScene();
  const [locked, ...phones] = Array.from({ length: CALLERS }, () => aNumber());
  if (locked === undefined) throw new Error("there is no number");
  await whileLocked(scene, locked, async () => {
    const hangUp = new AbortController();
    const gone = fetch(`${url}/v1/opt-outs`, {
      method: "POST",
      headers: { authorization: scene.authorization, "content-type": "application/json" },
      body: JSON.stringify({ phone: locked }),
      signal: hangUp.signal,
    });
    await waitForLockWaiter();
    hangUp.abort();
    await expect(gone).rejects.toThrow("aborted");
    const answers = await Promise.all(phones.map((phone) => refuse(scene.authorization, phone)));
    expect(answers.map(({ answer }) => answer.phone)).toEqual(phones);
  });
  await expect.poll(() => loadRefused(scene)).toEqual([locked, locked, ...phones].toSorted());
});

it("records a refusal though its key is revoked while it waits, and none that comes later", async () => {
  const scene = await aScene();
  const phone = aNumber();
  const { waiting } = await whileLocked(scene, phone, async () => {
    const waiting = refuse(scene.authorization, phone);
    await waitForLockWaiter();
    await revokeApiKey(scene.ctx, scene.id);
    expect((await refuse(scene.authorization, aNumber())).status).toBe(401);
    return { waiting };
  });
  expect((await waiting).answer.phone).toBe(phone);
  expect(await loadRefused(scene)).toEqual([phone, phone]);
});
