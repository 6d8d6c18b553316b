// Reads one list and puts it in force, as a worker does, in a process whose memory is its own:
//   node bench/sync/sync-once.ts <database> <file> <keys> <organization> <registry>
import { OrganizationId, RegistryId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { keysIn } from "@ringfence/services/testing/keys";
import { applyEdition } from "@ringfence/services/do-not-call/registry";
import { ingest } from "../../apps/worker/src/sources/ingest.ts";

const [, , databaseUrl = "", file = "", keys = "", organization, registry] = process.argv;
const db = openDb(databaseUrl);
const registryId = RegistryId.parse(registry);
const ctx = {
  db,
  keys: keysIn(keys),
  organizationId: OrganizationId.parse(organization),
  actor: { type: "job", name: "registry.sync" },
} as const;

const begun = performance.now();
const ingested = await ingest([{ name: "list.txt", path: file }], {
  format: { reader: "us-dnc" },
  signal: new AbortController().signal,
  report() {},
});
const ingestMs = performance.now() - begun;
const read = { revision: 1, uploadId: null, readAt: new Date(), validators: null, claim: null };
const { outcome } = await applyEdition(ctx, { registryId, ...ingested, ...read });
const wholeMs = performance.now() - begun;
await db.close();
if (outcome !== "applied") throw new Error(`the list was ${outcome}`);

const memoryBytes = process.resourceUsage().maxRSS * 1_024;
console.log(ingestMs, wholeMs, memoryBytes);
