// The requests of a busy organization, in a process of its own: send-neighbor.ts <origin> <key> <list> <load>
// The load is `files` (one scrub after another) or `everything` (as many scrubs, rows and batches as are let in).
import { openAsBlob } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { usPhones } from "../generators/us-phones.ts";

const [origin = "", key = "", list = "", load = ""] = process.argv.slice(2);
const sendsEverything = load === "everything";

/** Scrubs that the organization keeps waiting or running. */
const SCRUBS = sendsEverything ? 4 : 1;
/** Callers who send rows of contacts, and batches to screen. */
const ROW_SENDERS = sendsEverything ? 4 : 0;
const BATCH_SENDERS = sendsEverything ? 4 : 0;
const BATCH_ROWS = 2_000;
const RETRY_MS = 1_000;

const answers: Record<string, number> = {};
const count = (answer: string) => (answers[answer] = (answers[answer] ?? 0) + 1);

async function send(name: string, path: string, type: string, body: string | Blob) {
  const headers = { authorization: `Bearer ${key}`, "content-type": type };
  const response = await fetch(origin + path, { method: "POST", headers, body }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  count(`${name} ${response?.status ?? "cut off"}`);
  if (response?.ok !== true)
    await pause(Number(response?.headers.get("retry-after") ?? 0) * 1_000 || RETRY_MS);
  return answer;
}

/** Uploads the list, as often as it takes, and returns the ID of its scrub. */
async function startScrub(): Promise<string> {
  const blob = await openAsBlob(list);
  for (;;) {
    const started = await send("scrubs", "/v1/scrubs?purpose=marketing", "text/csv", blob);
    if (typeof started === "object" && started !== null && "id" in started)
      return String(started.id);
  }
}

/** Reads the status of a scrub; null if there is no answer. */
async function readStatus(id: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${origin}/v1/scrubs/${id}`, { headers }).catch(() => null);
  const scrub: unknown = await response?.json().catch(() => null);
  return typeof scrub === "object" && scrub !== null && "status" in scrub ? scrub.status : null;
}

async function waitUntilOver(id: string) {
  let status: unknown = null;
  while (status !== "done" && status !== "failed") {
    await pause(500);
    status = await readStatus(id);
  }
  count(`scrubs ${status}`);
}

async function keepScrubbing(first?: string) {
  if (first !== undefined) await waitUntilOver(first);
  for (;;) await waitUntilOver(await startScrub());
}

const numbers = [...usPhones((ROW_SENDERS + BATCH_SENDERS) * BATCH_ROWS, 43)];
/** The numbers of one sender. */
const takeNumbers = () => numbers.splice(0, BATCH_ROWS);

async function sendRows() {
  const phones = takeNumbers();
  for (let turn = 0; ; turn++) {
    const rows = phones.map((digits) =>
      JSON.stringify({ externalId: `r${digits}`, phones: [`+${digits}`], name: `Person ${turn}` }),
    );
    await send("contacts", "/v1/contacts", "application/x-ndjson", rows.join("\n"));
  }
}

async function sendBatches() {
  const items = takeNumbers().map((digits) => ({ phone: `+${digits}` }));
  const body = JSON.stringify({ defaults: { purpose: "marketing" }, items });
  for (;;) await send("batches", "/v1/screenings/batch", "application/json", body);
}

process.once("SIGTERM", () => {
  console.log(JSON.stringify(answers));
  process.exit(0);
});
const first = await startScrub();
for (let status: unknown = null; status !== "running" && status !== "done";) {
  await pause(100);
  status = await readStatus(first);
  if (status === "failed") throw new Error("the first scrub failed");
}
console.log("the first scrub is running");
await Promise.all([
  keepScrubbing(first),
  ...Array.from({ length: SCRUBS - 1 }, () => keepScrubbing()),
  ...Array.from({ length: ROW_SENDERS }, sendRows),
  ...Array.from({ length: BATCH_SENDERS }, sendBatches),
]);
