import type { OrganizationId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, anOrganization } from "@ringfence/db/testing";
import { setHeavyLimits } from "@ringfence/services/account/organization";
import { inTransaction } from "@ringfence/services/context";
import { defineJob, enqueue } from "@ringfence/services/testing/queue";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { noMessages } from "../testing/no-messages.ts";
import { type LaneName, performJob } from "./jobs/platform/define-job.ts";
import { startWorker } from "./start-worker.ts";

const db = openDb(await aDatabase());
afterAll(() => db.close());

const within = { timeout: 30_000, interval: 20 };
const files = openFiles(aFolder());
const keys = keysIn(aFolder());

/** Jobs of a lane that run until they are let go; `started` names their organizations in order. */
function scene(name: string, lane: Exclude<LaneName, "usual">) {
  const job = defineJob(name, {});
  const started: OrganizationId[] = [];
  const done: OrganizationId[] = [];
  const gates = Promise.withResolvers<void>();
  const held = new Set<OrganizationId>();
  const performed = performJob(
    job,
    async ({ organizationId }) => {
      started.push(organizationId);
      if (held.has(organizationId)) await gates.promise;
      done.push(organizationId);
    },
    { lane },
  );
  return {
    started,
    done,
    hold: (organizationId: OrganizationId) => void held.add(organizationId),
    letGo: gates.resolve,
    queue: async (organizationId: OrganizationId, count: number, options?: { queue: string }) => {
      const actor = { type: "job", name } as const;
      await inTransaction({ db, keys, organizationId, actor }, async (ctx) => {
        for (let nth = 0; nth < count; nth++) await enqueue(ctx, job, {}, options);
      });
    },
    work: async () => {
      const sources = { registriesFolder: null, privateHosts: [] };
      const worker = await startWorker({
        db,
        keys,
        files,
        sources,
        ...noMessages,
        jobs: [performed],
      });
      onTestFinished(async () => {
        gates.resolve();
        await worker.stop();
      });
    },
  };
}

it.each([
  ["long", 3],
  ["express", 8],
] as const)("never fills the %s lane with jobs of one organization", async (lane, most) => {
  const { started, done, hold, queue, work } = scene(`test.${lane}`, lane);
  const [busy, other] = [await anOrganization(db), await anOrganization(db)];
  hold(busy);
  await queue(busy, most + 4);
  await work();
  await vi.waitFor(() => expect(started).toHaveLength(most), within);

  await queue(other, 3);

  await vi.waitFor(() => expect(done).toEqual([other, other, other]), within);
  expect(started.filter((organizationId) => organizationId === busy)).toHaveLength(most);
});

it("runs as many long jobs of an organization as the operator lets it, and all that deliver opt-outs", async () => {
  const [long, express] = [scene("test.limited", "long"), scene("test.urgent", "express")];
  const [limited, other] = [await anOrganization(db), await anOrganization(db)];
  await setHeavyLimits(db, limited, { jobs: 1 });
  for (const organizationId of [limited, other]) long.hold(organizationId);
  await long.queue(limited, 3);
  await long.work();
  await vi.waitFor(() => expect(long.started).toEqual([limited]), within);

  await express.queue(limited, 5);
  await express.work();
  await long.queue(other, 3);

  await vi.waitFor(() => expect(express.done).toHaveLength(5), within);
  await vi.waitFor(() => expect(long.started).toEqual([limited, other, other, other]), within);
  long.letGo();
  await vi.waitFor(() => expect(long.done).toHaveLength(6), within);
});

it("lets organizations take turns, however much one has queued before", async () => {
  const { started, queue, hold, work, letGo } = scene("test.turns", "long");
  const [busy, ...others] = [
    await anOrganization(db),
    await anOrganization(db),
    await anOrganization(db),
  ];
  for (const organizationId of [busy, ...others]) hold(organizationId);
  await queue(busy, 6);
  for (const organizationId of others) await queue(organizationId, 1);

  await work();

  await vi.waitFor(() => expect(started).toHaveLength(4), within);
  expect(new Set(started.slice(0, 3))).toEqual(new Set([busy, ...others]));
  letGo();
  await vi.waitFor(() => expect(started).toHaveLength(8), within);
});

it("passes over an organization whose jobs wait for each other", async () => {
  const { started, done, hold, queue, work } = scene("test.queues", "long");
  const [busy, other] = [await anOrganization(db), await anOrganization(db)];
  hold(busy);
  await queue(busy, 3, { queue: `test.queues ${busy}` });
  await work();
  await vi.waitFor(() => expect(started).toEqual([busy]), within);

  await queue(other, 3);

  await vi.waitFor(() => expect(done).toEqual([other, other, other]), within);
  expect(started).toEqual([busy, other, other, other]);
});
