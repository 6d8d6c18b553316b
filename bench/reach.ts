import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { makeApiKey } from "@ringfence/services/account/api-key";
import type { RootContext } from "@ringfence/services/context";
import { createWebhook } from "@ringfence/services/do-not-call/endpoint";
import { keysIn } from "@ringfence/services/testing/keys";
import { atLeast, type Bench } from "./bench.ts";
import { loadOrganization, scaledSizes } from "./load-organization.ts";
import { loadPhones } from "./load-phones.ts";
import { withApi } from "./with-api.ts";
import { withPostgres } from "./with-postgres.ts";
import { withWorker } from "./with-worker.ts";
import { benchOwner } from "./bench-owner.ts";

/** Limit for 99 of 100 opt-outs, from the request until the dialer knows. */
const longestMs = 1_000;
const perSecond = 10;
const perRound = 100;

/**
 * Measures how soon a connected dialer learns of an opt-out: over API, database, worker and
 * webhook, on loopback.
 */
export const reachBench: Bench = {
  name: "reach",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const ctx = { db, keys, organizationId, actor: benchOwner };
      const phones = await loadPhones(db, organizationId, perRound * 4);
      // Some numbers use area codes that do not exist, and opt-outs for these are not sent.
      const own = phones.filter(isPhone).slice(0, perRound);
      const name = "bench";
      const { key } = await makeApiKey(ctx, {
        reason: "It calls for us.",
        name,
        scopes: ["opt-outs:write"],
      });

      const receiver = await listen(ctx);
      const hosts = { RINGFENCE_PRIVATE_HOSTS: receiver.host };
      const took: number[] = [];
      const work = async (origin: string) => {
        // Warm up one by one, until everything is compiled and a worker delivers.
        const first = own.slice(0, 40);
        for (const phone of first) await refuse(origin, key, phone);
        await untilHeard(first, receiver);
        for (let round = 0; round < rounds; round++) {
          const times = await refuseAll(origin, key, own, receiver);
          say(`round ${round}: p99 ${percentile(times, 0.99)} ms`);
          took.push(...times);
        }
      };
      await withApi(url, folder, (origin) => withWorker(url, folder, () => work(origin), hosts));
      receiver.close();

      const p99 = percentile(took, 0.99);
      return {
        bench: "reach",
        data: `${took.length} refusals, ${perSecond} a second, beside ${sizes.contacts} contacts and ${sizes.optOuts} opt-outs`,
        ratios: [atLeast("one second, over p99 from request to receiver", longestMs / p99, 1)],
        notes: [
          `p50 ${percentile(took, 0.5)} ms, p99 ${p99} ms, worst ${Math.max(...took)} ms`,
          "from before the request is sent until the signed webhook has arrived, other process and all",
        ],
      };
    }),
};

const isPhone = (phone: Phone) => "phone" in readPhone(phone, "US");

type Receiver = Awaited<ReturnType<typeof listen>>;

/** A dialer that records when it hears of which number. */
async function listen(ctx: RootContext) {
  const heardAt = new Map<string, number>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { data } = JSON.parse(body);
      heardAt.set(String(data.phone), performance.now());
      return response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  const host = `127.0.0.1:${address.port}`;

  const { organizationId, db } = ctx;
  await db.prisma.endpoint.updateMany({
    where: { organizationId, disabledAt: null },
    data: { disabledAt: new Date() },
  });
  const name = `bench ${Date.now()}`;
  await createWebhook(
    { ...ctx, privateHosts: [`${organizationId}=${host}`] },
    {
      reason: "The dialer keeps its own list.",
      name,
      url: `http://${host}/`,
      events: ["opt-out.recorded"],
    },
  );
  return { host, heardAt, close: () => server.close() };
}

/**
 * Measures how many milliseconds each opt-out took. They come at an even rate, whether or not the
 * last one has arrived.
 */
async function refuseAll(
  origin: string,
  key: string,
  phones: readonly string[],
  { heardAt }: Pick<Receiver, "heardAt">,
): Promise<number[]> {
  heardAt.clear();
  const sentAt = new Map<string, number>();
  const answers = phones.map(async (phone, index) => {
    await pause((index * 1_000) / perSecond);
    sentAt.set(phone, performance.now());
    const status = await refuse(origin, key, phone);
    if (status !== 201) throw new Error(`a refusal was answered ${status}`);
  });
  await Promise.all(answers);
  await untilHeard(phones, { heardAt });
  return phones.map((phone) => (heardAt.get(phone) ?? Infinity) - (sentAt.get(phone) ?? 0));
}

async function untilHeard(phones: readonly string[], { heardAt }: Pick<Receiver, "heardAt">) {
  for (let waits = 0; heardAt.size < phones.length; waits++) {
    if (waits > 600) throw new Error(`${phones.length - heardAt.size} refusals were never heard`);
    await pause(100);
  }
}

async function refuse(origin: string, key: string, phone: string): Promise<number> {
  const { status } = await fetch(`${origin}/v1/opt-outs`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ phone, channel: "agent" }),
  });
  return status;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}
