import type { Db } from "@ringfence/db";
import { openFiles } from "@ringfence/services/platform/files";
import type { Job } from "../src/jobs/platform/define-job.ts";
import { aFolder } from "./folder.ts";
import { noMessages } from "./no-messages.ts";
import { anOfficer } from "./registry.ts";

/** An officer of a new organization, and a worker that performs a run of theirs. */
export async function anOfficerAndWorker(db: Db, job: Job) {
  const officer = await anOfficer(db);
  const { keys, organizationId } = officer;
  const files = openFiles(await aFolder());
  const sources = { registriesFolder: null, privateHosts: [] };
  const perform = (runId: string, signal = new AbortController().signal) =>
    job.perform(
      { organizationId, runId },
      { db, keys, files, sources, worker: "a", signal, ...noMessages },
    );
  return { ctx: { ...officer, files }, perform };
}

/** The bytes of an uploaded file. */
export async function* once(text: string) {
  yield Buffer.from(text);
}
