import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import {
  askAnyApi,
  pauseMs,
  pickCall,
  pickPerson,
  recentCount,
  recordVerdict,
  type CallDetails,
  type Run,
} from "./run.ts";
import { readId, readItems, readPermit } from "./read-response.ts";
import { previewImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import { purposes, sellers, type Person, type World } from "./world.ts";
import { createIdempotencyKey } from "./send-request.ts";
import type { OptOut, Scope } from "./history.ts";

const listSize = 200;
const maxLists = 6;
const listPauseMs = 250;

const listPath = "/scrubs?purpose=marketing.loans&seller=acme&phoneColumn=phone";

/** Scrubs a list in the background; a client that waited for it would do nothing else meanwhile. */
async function scrubList(run: Run, random: Random) {
  if (run.lists.size >= maxLists) return;
  const rows = Array.from({ length: listSize }, () => {
    const person = pickPerson(run, random);
    return { person, phone: random.oneOf(person.phones) };
  });
  const startedAt = performance.now();
  const body = ["phone", ...rows.map(({ phone }) => phone), ""].join("\n");
  const started = await askAnyApi(run, random, { path: listPath, body });
  const id = started?.status === 202 ? readId(started.body) : null;
  if (id === null) return;
  const people = rows.map(({ person }) => person.id);
  const reading = readListVerdicts(run, random, { id, people, startedAt });
  run.lists.add(reading);
  void reading.finally(() => run.lists.delete(reading));
}

type List = { id: string; people: readonly number[]; startedAt: number };

async function readListVerdicts(run: Run, random: Random, { id, people, startedAt }: List) {
  while (!run.isOver()) {
    const result = await askAnyApi(run, random, { path: `/scrubs/${id}/result.csv` });
    if (result?.status !== 200 || typeof result.body !== "string") {
      await wait(listPauseMs);
      continue;
    }
    for (const [index, line] of result.body.trimEnd().split("\n").slice(1).entries()) {
      const [, verdict] = line.split(",");
      const person = people[index] ?? -1;
      const call = { person, seller: "acme", purpose: "marketing.loans" };
      recordVerdict(run, "scrub", call, startedAt, { verdict });
    }
    return;
  }
}

async function importMoreConsents(run: Run, random: Random) {
  const { ctx } = run.world;
  if (ctx === undefined) return;
  const phones = Array.from({ length: 10 }, () => random.oneOf(pickPerson(run, random).phones));
  // Errors of the database while it is away are not what this test looks for.
  await importConsents(ctx, phones).then(
    () => run.answered++,
    () => wait(pauseMs),
  );
}

const columns = "phone,seller,purposes,channels,source,disclosure,language,obtainedAt,act";

/** Has a worker import newer consents of some phones, as an officer does. They lift no opt-out. */
async function importConsents(ctx: World["ctx"], phones: readonly string[]) {
  const consent = `acme,marketing,voice_live,website_form,I agree to be called,en,${new Date().toISOString()},ticked`;
  const content = [columns, ...phones.map((phone) => `${phone},${consent}`), ""].join("\n");
  const { id } = await uploadImport(ctx, {
    kind: "consents",
    fileName: "consents.csv",
    content: toChunks(content),
  });
  const { mapping, fault } = await previewImport(ctx, { id });
  if (fault) throw new Error(`an import that cannot be read: ${fault.key}`);
  await startImport(ctx, { id, mapping, isDryRun: false });
}

async function* toChunks(text: string) {
  yield Buffer.from(text);
}

const batchSize = 20;

/**
 * Runs a client that opts out, screens, verifies, scrubs and imports at random until the run is
 * over.
 */
export async function runClient(run: Run, random: Random) {
  const actions: readonly [share: number, action: (run: Run, random: Random) => Promise<void>][] = [
    [12, optOutBetweenScreenings],
    [40, screenOne],
    [15, screenBatch],
    [22, verifyPermit],
    [6, recordConsent],
    [3, scrubList],
    [2, importMoreConsents],
  ];
  const all = actions.flatMap(([share, action]) => Array.from({ length: share }, () => action));
  while (!run.isOver()) await random.oneOf(all)(run, random);
}

const pickScope = (random: Random): Scope => {
  if (random.chance(0.6)) return "all";
  return random.chance(0.5)
    ? { seller: random.oneOf(sellers) }
    : { purpose: random.oneOf(purposes) };
};

/** Spells a number as people do: an opt-out under one spelling must count for all. */
const spellAtRandom = (phone: string, random: Random) =>
  random.oneOf([phone, `1 (${phone.slice(2, 5)}) ${phone.slice(5)}`, phone.slice(2)]);

/** A screening goes to a random API: one in three reaches the one that screened the call before. */
const screeningsAfterwards = 3;

/**
 * Screens the same call before and after the opt-out, so that a replayed first answer is wrong.
 */
async function optOutBetweenScreenings(run: Run, random: Random) {
  const person = random.oneOf(run.world.people);
  const call = pickCall(person, random);
  const phone = random.oneOf(person.phones);
  await screen(run, random, call, phone, phone);
  await optOut(run, random, person);
  for (let n = 0; n < screeningsAfterwards; n++) await screen(run, random, call, phone, phone);
}

async function optOut(run: Run, random: Random, person: Person) {
  const scope = pickScope(random);
  const record: OptOut = { person: person.id, scope, acknowledgedAt: null, id: null };
  run.history.optOuts.push(record);
  const body = {
    phone: spellAtRandom(random.oneOf(person.phones), random),
    channel: "api",
    ...(scope !== "all" && { scope }),
  };
  const idempotencyKey = createIdempotencyKey();
  while (!run.isOver()) {
    const answer = await askAnyApi(run, random, { path: "/opt-outs", body, idempotencyKey });
    if (answer?.status !== 201) continue;
    record.acknowledgedAt = performance.now();
    record.id = readId(answer.body);
    return;
  }
}

async function screenOne(run: Run, random: Random) {
  const person = pickPerson(run, random);
  const call = pickCall(person, random);
  const phone = random.oneOf(person.phones);
  await screen(run, random, call, phone, spellAtRandom(phone, random));
}

async function screen(
  run: Run,
  random: Random,
  call: CallDetails,
  phone: string,
  spelling: string,
) {
  const startedAt = performance.now();
  const { seller, purpose } = call;
  const body = { phone: spelling, seller, purpose };
  const answer = await askAnyApi(run, random, { path: "/screenings", body });
  if (answer?.status !== 200) return;
  recordVerdict(run, "single", call, startedAt, answer.body);
  const permit = readPermit(answer.body);
  if (permit !== null) run.permits.push({ permit, phone, ...call });
}

async function screenBatch(run: Run, random: Random) {
  const calls = Array.from({ length: batchSize }, () => {
    const person = pickPerson(run, random);
    return { ...pickCall(person, random), phone: random.oneOf(person.phones) };
  });
  const items = calls.map(({ phone, seller, purpose }) => ({ phone, seller, purpose }));
  const startedAt = performance.now();
  const answer = await askAnyApi(run, random, { path: "/screenings/batch", body: { items } });
  if (answer?.status !== 200) return;
  for (const [index, result] of readItems(answer.body, "results").entries()) {
    const call = calls[index];
    if (call !== undefined) recordVerdict(run, "batch", call, startedAt, result);
  }
}

/** Verifies a recent permit, because old ones have expired and find nothing. */
async function verifyPermit(run: Run, random: Random) {
  const permits = run.permits.slice(-recentCount * 4);
  if (permits.length === 0) return;
  const optedOut = new Set(run.history.optOuts.map(({ person }) => person));
  const revoked = permits.filter(({ person }) => optedOut.has(person));
  const { permit, phone, ...call } = random.oneOf(revoked.length > 0 ? revoked : permits);
  const startedAt = performance.now();
  const body = { permit, phone, singleUse: random.chance(0.3) };
  const answer = await askAnyApi(run, random, { path: "/permits/verify", body });
  if (answer?.status === 200) recordVerdict(run, "permit", call, startedAt, answer.body);
}

/** Records a consent as any API caller can. It must not lift the opt-out. */
async function recordConsent(run: Run, random: Random) {
  const person = pickPerson(run, random);
  const body = {
    phone: random.oneOf(person.phones),
    seller: random.oneOf(sellers),
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "website_form",
    disclosure: { text: "Acme may call me about offers.", language: "en" },
    obtainedAt: new Date().toISOString(),
    evidence: { act: "ticked" },
  };
  await askAnyApi(run, random, { path: "/consents", body });
}
