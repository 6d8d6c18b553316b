import { benchOwner } from "../../bench/bench-owner.ts";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Db, openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { anOrganization, areaWithoutPlace, aSeller } from "@ringfence/db/testing/factories";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { openKeys } from "@ringfence/services/platform/keys";
import getPort from "get-port";
import { field, readId, readItems } from "../../consistency/read-response.ts";
import { sendRequest } from "../../consistency/send-request.ts";
import { startArchivedServer } from "./archived-server.ts";
import { runProgram, startProgram } from "./program.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** An opt-out whose acknowledgement arrived. */
type Acknowledged = { id: string; phone: string };

export type DrillReport = {
  acknowledged: number;
  /** Seconds from the last acknowledgement until its opt-out was in the copy. */
  copyDelay: number;
  backUpSeconds: number;
  /** A restore with all files of the log. */
  whole: { restoreSeconds: number; lost: number; audit: { seconds: number; says: string } };
  /** A restore with an archive that was cut before the last opt-outs. */
  cut: {
    restoreSeconds: number;
    /** Opt-outs that were acknowledged and that the database lacks, by the IDs of their statements. */
    lost: readonly string[];
    /** What each program said when it refused to start. */
    refusals: Readonly<Record<"worker" | "api", string>>;
    recovered: { code: number | null; seconds: number };
    /** For each person whose opt-out was lost: why a call is refused after it was recorded again. */
    reasons: readonly (readonly unknown[])[];
  };
};

type Options = {
  /** Folder of PostgreSQL's programs. */
  bin: string;
  folder: string;
  /** Number of opt-outs before the backup, between it and the cut of the archive, and after the cut: at most 20. */
  counts: readonly [number, number, number];
};

/**
 * Acknowledges opt-outs, backs up meanwhile, kills everything, and restores twice: with all of the log, where nothing may
 * be lost, and with an archive that lacks the end, where the start has to name exactly what is lost.
 */
export async function runRestoreDrill({ bin, folder, counts }: Options): Promise<DrillReport> {
  const server = await startArchivedServer(bin, folder);
  await migrate({ ownerUrl: server.url, url: server.url });
  const copy = path.join(folder, "other-disk/opt-outs");
  mkdirSync(copy, { recursive: true });
  const installation = await startInstallation(server.url, folder, copy);
  const db = openDb(server.url, server.url);
  const key = await createKey(db, path.join(folder, "keys"));
  const acknowledged: Acknowledged[] = [];
  const refuse = (count: number) => optOut(installation.api, key, acknowledged, count);

  await refuse(counts[0]);
  const [base, backUpSeconds] = await measure(async () => {
    const [base] = await Promise.all([server.backUp(), refuse(counts[1])]);
    for (const part of ["keys", "files"])
      if (existsSync(path.join(folder, part)))
        cpSync(path.join(folder, part), path.join(folder, "backup", part), { recursive: true });
    return base;
  });
  await server.archiveNow();
  await refuse(counts[2]);
  const [, copyDelay] = await measure(() => waitForLines(copy, acknowledged.length));
  await installation.stop("SIGKILL");
  await db.close();
  await server.kill();

  const backup = path.join(folder, "backup");
  const [all, restoreSeconds] = await measure(() =>
    server.restore(base, "restored-whole", { withLastFiles: true }),
  );
  const whole = await startInstallation(all.url, backup, copy);
  const lostOfAll = await findMissing(all.url, acknowledged);
  const audit = await runLedger(all.url, backup, "audit");
  if (audit.code !== 0) throw new Error(`the audit found faults:\n${audit.output}`);
  await whole.stop("SIGTERM");

  const [some, cutSeconds] = await measure(() =>
    server.restore(base, "restored-cut", { withLastFiles: false }),
  );
  const missing = await findMissing(some.url, acknowledged);
  const lost = await findStatements(all.url, missing);
  await all.stop();
  const refusals = await refuseToStart(some.url, backup, copy);
  const recovered = await runLedger(some.url, backup, "recover", copy);
  const recoveredInstallation = await startInstallation(some.url, backup, copy);
  const reasons = await screen(recoveredInstallation.api, key, missing);
  await recoveredInstallation.stop("SIGTERM");
  await some.stop();
  return {
    acknowledged: acknowledged.length,
    copyDelay,
    backUpSeconds,
    whole: {
      restoreSeconds,
      lost: lostOfAll.length,
      audit: { seconds: audit.seconds, says: audit.output.trim() },
    },
    cut: { restoreSeconds: cutSeconds, lost, refusals, recovered, reasons },
  };
}

async function measure<T>(work: () => Promise<T>): Promise<[result: T, seconds: number]> {
  const begun = performance.now();
  const result = await work();
  return [result, (performance.now() - begun) / 1_000];
}

const toEnv = (url: string, folder: string) => ({
  DATABASE_URL: url,
  DATABASE_ACROSS_URL: url,
  PUBLIC_URL: "http://127.0.0.1:3000",
  API_URL: "http://127.0.0.1:4000",
  LEDGER_ORIGIN: "ledger.example/drill",
  RINGFENCE_KEY_DIR: path.join(folder, "keys"),
  RINGFENCE_FILES: path.join(folder, "files"),
});

/** Starts the signing worker and an API with keys and files of a folder, and waits until both are ready. */
async function startInstallation(url: string, folder: string, copy: string) {
  const [workerPort, apiPort] = [String(await getPort()), String(await getPort())];
  const env = toEnv(url, folder);
  const worker = startProgram(root, "apps/worker/src/main.ts", {
    args: ["--signer"],
    env: { ...env, RINGFENCE_OPT_OUT_COPY: copy, WORKER_PORT: workerPort },
  });
  await worker.answers(`http://127.0.0.1:${workerPort}/readyz`);
  const server = startProgram(root, "apps/api/src/main.ts", { env: { ...env, API_PORT: apiPort } });
  const api = `http://127.0.0.1:${apiPort}`;
  await server.answers(`${api}/readyz`);
  return {
    api,
    async stop(signal: NodeJS.Signals) {
      await Promise.all([server.stop(signal), worker.stop(signal)]);
    },
  };
}

/** Starts the same programs on a database that lost opt-outs, and returns what they say at their end. */
async function refuseToStart(url: string, folder: string, copy: string) {
  const env = toEnv(url, folder);
  const worker = await runProgram(root, "apps/worker/src/main.ts", {
    args: ["--signer"],
    env: { ...env, RINGFENCE_OPT_OUT_COPY: copy },
  });
  const api = await runProgram(root, "apps/api/src/main.ts", {
    env: { ...env, API_PORT: String(await getPort()) },
  });
  for (const { code, output } of [worker, api])
    if (code !== 1) throw new Error(`a program served, or ended with ${code}:\n${output}`);
  return { worker: worker.output, api: api.output };
}

const runLedger = (url: string, folder: string, ...args: string[]) =>
  runProgram(root, "tooling/ledger.ts", { args, env: toEnv(url, folder) });

/** Makes an organization with a seller, and an API key of it. */
async function createKey(db: Db, keyFolder: string): Promise<string> {
  const organizationId = await anOrganization(db);
  await aSeller(db, organizationId);
  const ctx = { db, keys: await openKeys(db, keyFolder), organizationId, actor: benchOwner };
  const scopes = ["screen", "opt-outs:write"] as const;
  const { key } = await makeApiKey(ctx, {
    reason: "It calls in the drill.",
    name: "drill",
    scopes: [...scopes],
  });
  return key;
}

/** Opts out one person after another, each until the API acknowledges it. */
async function optOut(origin: string, key: string, acknowledged: Acknowledged[], count: number) {
  for (let made = 0; made < count; made++) {
    const phone = `+1${areaWithoutPlace}555${String(acknowledged.length).padStart(4, "0")}`;
    const body = { phone, channel: "api" };
    const answer = await sendRequest({ origin, key, path: "/opt-outs", body });
    if (answer?.status !== 201) throw new Error(`an opt-out was answered with ${answer?.status}`);
    acknowledged.push({ id: readId(answer.body), phone });
  }
}

/** Asks whether these people may be called, and returns the reasons against each call. */
async function screen(origin: string, key: string, people: readonly Acknowledged[]) {
  const reasons: unknown[][] = [];
  for (const { phone } of people) {
    const body = { phone, seller: "acme", purpose: "marketing" };
    const answer = await sendRequest({ origin, key, path: "/screenings", body });
    reasons.push(readItems(answer?.body, "refusals").map((refusal) => field(refusal, "reason")));
  }
  return reasons;
}

async function waitForLines(copy: string, count: number) {
  const countLines = () =>
    readdirSync(copy)
      .filter((name) => name.startsWith("opt-outs-"))
      .reduce(
        (sum, name) => sum + readFileSync(path.join(copy, name), "utf8").split("\n").length - 1,
        0,
      );
  while (countLines() < count) await wait(20);
}

async function findMissing(url: string, acknowledged: readonly Acknowledged[]) {
  const db = openDb(url, url);
  try {
    const rows = await db.prisma.optOut.findMany({ select: { id: true } });
    const ids = new Set(rows.map(({ id }) => id));
    return acknowledged.filter(({ id }) => !ids.has(id));
  } finally {
    await db.close();
  }
}

/** Finds the IDs of the statements about these opt-outs. */
async function findStatements(url: string, optOuts: readonly Acknowledged[]) {
  const db = openDb(url, url);
  try {
    const { rows } = await db.pool.query<{ id: string }>(
      "SELECT entry_id AS id FROM vault.statement WHERE about = ANY ($1) ORDER BY entry_id",
      [optOuts.map(({ id }) => id)],
    );
    return rows.map(({ id }) => id);
  } finally {
    await db.close();
  }
}
