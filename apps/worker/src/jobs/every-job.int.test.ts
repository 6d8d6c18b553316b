import { aNumber, anOrganization } from "@ringfence/db/testing";
import { connectDialer } from "@ringfence/services/do-not-call/endpoint";
import { allJobs } from "@ringfence/services/jobs";
import { aMessageSender } from "@ringfence/services/testing/confirmations";
import {
  type Everything,
  anOrganizationWithEverything,
} from "@ringfence/services/testing/organization-with-everything";
import { recorded } from "@ringfence/services/testing/opt-outs";
import { createTenantReader } from "@ringfence/services/testing/tenant-rows";
import { expect, it } from "vitest";
import { type JobRecords, jobCases } from "../../testing/job-cases.ts";
import { aVicidial } from "../../testing/vicidial.ts";
import { jobs } from "./jobs.ts";

it("has a case for every job that services queue", () => {
  expect(Object.keys(jobCases).toSorted()).toEqual(allJobs.map(({ name }) => name).toSorted());
});

/** Subjects of runs. */
const subjects = {
  "registry.sync": ({ registryId }) => registryId,
  "scrub.run": ({ scrubId }) => scrubId,
  "import.run": ({ importId }) => importId,
  "form.check": ({ formId }) => formId,
  "law.preview": ({ lawPreviewId }) => lawPreviewId,
} satisfies Record<string, (of: Omit<JobRecords, "runIds" | "dialerId">) => string>;

/** Accepts the lifting of the burst as our code writes it: with the opt-outs that are lifted, under our MAC. */
async function acceptLifting({ ctx, liftingId }: Everything, optOutId: string) {
  const { db, keys, organizationId } = ctx;
  const mac = keys.mac(organizationId, "burst lifting", [liftingId, optOutId].join(" "));
  await db.prisma.burstLiftingAnswer.create({
    data: {
      organizationId,
      liftingId,
      isAccepted: true,
      answeredAt: new Date(),
      actor: { type: "member", id: "bob" },
      optOutIds: [optOutId],
      mac: new Uint8Array(mac),
    },
  });
}

async function scene() {
  const everything = await anOrganizationWithEverything();
  const { ctx } = everything;
  const { db, keys, files, organizationId } = ctx;
  const stranger = await anOrganization(db);
  const at = new Date();

  // Work for the jobs.
  await db.prisma.run.deleteMany({
    where: { organizationId, status: { in: ["queued", "running"] } },
  });
  const startRuns = async (organizationId: string) => {
    const runIds: Record<string, string> = {};
    for (const [job, subject] of Object.entries(subjects)) {
      const data = { organizationId, job, subjectId: subject(everything), createdAt: at };
      runIds[job] = (await db.prisma.run.create({ data })).id;
    }
    return runIds;
  };
  const runIds = await startRuns(organizationId);
  await db.prisma.confirmation.updateMany({ where: { organizationId }, data: { sentAt: null } });
  await db.prisma.retentionAnswer.create({
    data: {
      organizationId,
      policyId: everything.retentionPolicyId,
      isPublished: true,
      reason: "It may be published.",
      answeredBy: everything.legalHoldId,
      answeredAt: at,
    },
  });
  const vicidial = await aVicidial();
  const privateHosts = [vicidial.host];
  const { id: dialerId } = await connectDialer(
    { ...ctx, privateHosts: [`${organizationId}=${vicidial.host}`] },
    {
      dialer: { kind: "vicidial", name: "VICIdial", settings: vicidial.settings },
      reason: "It keeps its own list.",
    },
  );
  const joined = await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await acceptLifting(everything, joined.id);
  // Claimed by a worker that was killed since.
  await db.prisma.delivery.updateMany({
    where: { organizationId, claimedUntil: { not: null } },
    data: { claimedUntil: new Date(0), dueAt: new Date(0) },
  });

  const { readDigests } = await createTenantReader(db);
  /** Does a job, and says what it did to the organization or sent. A job that finds nothing may throw. */
  const perform = async (name: string, payload: object) => {
    const { messages, messageSender } = aMessageSender();
    const before = await readDigests(organizationId);
    const tools = {
      db,
      keys,
      files,
      sources: { registriesFolder: null, privateHosts },
      messageSender,
      publicUrl: "https://rf.example",
      worker: "a",
      signal: new AbortController().signal,
    };
    const job = jobs.find((job) => job.name === name);
    const fault: unknown = await job?.perform(payload, tools).catch((error: unknown) => error);
    const changed = [...(await readDigests(organizationId))].filter(
      ([table, digest]) => before.get(table) !== digest,
    );
    return { fault, done: [...changed.map(([table]) => table), ...messages.map(({ to }) => to)] };
  };
  return {
    of: { ...everything, runIds, dialerId },
    organizationId,
    stranger,
    runsOfStranger: await startRuns(stranger),
    perform,
  };
}

it(
  "does nothing for another organization, whichever job names its records",
  { timeout: 300_000 },
  async () => {
    const { of, organizationId, stranger, runsOfStranger, perform } = await scene();
    const faults: string[] = [];
    for (const [name, one] of Object.entries(jobCases)) {
      const payload = one.payload(of);
      // First on behalf of the wrong one, so that there is still something to do.
      const attacks: object[] = [{ ...payload, organizationId: stranger }];
      const runId = runsOfStranger[name];
      if (runId !== undefined) attacks.push({ runId, organizationId: stranger });
      for (const attack of attacks) {
        const { done } = await perform(name, attack);
        if (done.length > 0) faults.push(`${name} does for another: ${done.join()}`);
      }
      if (one.reason !== undefined) continue;
      const right = await perform(name, { ...payload, organizationId });
      if (right.done.length === 0) faults.push(`${name} does nothing: ${String(right.fault)}`);
    }
    expect(faults.join("\n")).toBe("");
  },
);
