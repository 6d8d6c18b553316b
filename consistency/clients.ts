import type { Random } from "@ringfence/services/testing/random";
import { createIdempotencyKey } from "./send-request.ts";
import type { OptOut, Scope } from "./history.ts";
import { importMoreConsents, scrubList } from "./lists.ts";
import {
  type CallDetails,
  type Run,
  askAnyApi,
  pickCall,
  pickPerson,
  recentCount,
  recordVerdict,
} from "./run.ts";
import { readId, readItems, readPermit } from "./read-response.ts";
import { type Person, purposes, sellers } from "./world.ts";

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
