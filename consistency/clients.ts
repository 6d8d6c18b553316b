import type { Random } from "@ringfence/services/testing/random";
import { anIdempotencyKey } from "./ask.ts";
import type { Refusal, Scope } from "./history.ts";
import { importAgain, scrubList } from "./lists.ts";
import { anAsked, type Asked, asking, hear, lately, type Play, somebody } from "./play.ts";
import { readId, readItems, readPermit } from "./read-answer.ts";
import { type Person, purposes, sellers } from "./world.ts";

const batchSize = 20;

/**
 * Runs a client that opts out, screens, verifies, scrubs and imports at random until the run is
 * over.
 */
export async function runClient(play: Play, random: Random) {
  const deeds: readonly [share: number, deed: (play: Play, random: Random) => Promise<void>][] = [
    [12, refuse],
    [40, screenOne],
    [15, screenBatch],
    [22, verifyPermit],
    [6, consentAgain],
    [3, scrubList],
    [2, importAgain],
  ];
  const all = deeds.flatMap(([share, deed]) => Array.from({ length: share }, () => deed));
  while (!play.isOver()) await random.oneOf(all)(play, random);
}

const aScope = (random: Random): Scope => {
  if (random.chance(0.6)) return "all";
  return random.chance(0.5)
    ? { seller: random.oneOf(sellers) }
    : { purpose: random.oneOf(purposes) };
};

/** Spells a number as people do: an opt-out under one spelling must count for all. */
const spelled = (phone: string, random: Random) =>
  random.oneOf([phone, `1 (${phone.slice(2, 5)}) ${phone.slice(5)}`, phone.slice(2)]);

/** One in three times, the API asked afterwards is the one asked before. */
const asksAfterwards = 3;

/**
 * Sends the same question before and after the opt-out, so that a replayed first answer is wrong.
 */
async function refuse(play: Play, random: Random) {
  const person = random.oneOf(play.world.people);
  const asked = anAsked(person, random);
  const phone = random.oneOf(person.phones);
  await screen(play, random, asked, phone, phone);
  await sayNo(play, random, person);
  for (let n = 0; n < asksAfterwards; n++) await screen(play, random, asked, phone, phone);
}

async function sayNo(play: Play, random: Random, person: Person) {
  const scope = aScope(random);
  const refusal: Refusal = { person: person.id, scope, acknowledged: null, id: null };
  play.history.refusals.push(refusal);
  const body = {
    phone: spelled(random.oneOf(person.phones), random),
    channel: "api",
    ...(scope !== "all" && { scope }),
  };
  const idempotencyKey = anIdempotencyKey();
  while (!play.isOver()) {
    const answer = await asking(play, random, { path: "/opt-outs", body, idempotencyKey });
    if (answer?.status !== 201) continue;
    refusal.acknowledged = performance.now();
    refusal.id = readId(answer.body);
    return;
  }
}

async function screenOne(play: Play, random: Random) {
  const person = somebody(play, random);
  const asked = anAsked(person, random);
  const phone = random.oneOf(person.phones);
  await screen(play, random, asked, phone, spelled(phone, random));
}

async function screen(play: Play, random: Random, asked: Asked, phone: string, written: string) {
  const begun = performance.now();
  const { seller, purpose } = asked;
  const body = { phone: written, seller, purpose };
  const answer = await asking(play, random, { path: "/screenings", body });
  if (answer?.status !== 200) return;
  hear(play, "single", asked, begun, answer.body);
  const permit = readPermit(answer.body);
  if (permit !== null) play.permits.push({ permit, phone, ...asked });
}

async function screenBatch(play: Play, random: Random) {
  const asked = Array.from({ length: batchSize }, () => {
    const person = somebody(play, random);
    return { ...anAsked(person, random), phone: random.oneOf(person.phones) };
  });
  const items = asked.map(({ phone, seller, purpose }) => ({ phone, seller, purpose }));
  const begun = performance.now();
  const answer = await asking(play, random, { path: "/screenings/batch", body: { items } });
  if (answer?.status !== 200) return;
  for (const [index, result] of readItems(answer.body, "results").entries()) {
    const one = asked[index];
    if (one !== undefined) hear(play, "batch", one, begun, result);
  }
}

/** Verifies a recent permit, because old ones have expired and find nothing. */
async function verifyPermit(play: Play, random: Random) {
  const permits = play.permits.slice(-lately * 4);
  if (permits.length === 0) return;
  const refused = new Set(play.history.refusals.map(({ person }) => person));
  const hot = permits.filter(({ person }) => refused.has(person));
  const { permit, phone, ...asked } = random.oneOf(hot.length > 0 ? hot : permits);
  const begun = performance.now();
  const body = { permit, phone, singleUse: random.chance(0.3) };
  const answer = await asking(play, random, { path: "/permits/verify", body });
  if (answer?.status === 200) hear(play, "permit", asked, begun, answer.body);
}

/** Records a consent as any API caller can; it must not lift the opt-out. */
async function consentAgain(play: Play, random: Random) {
  const person = somebody(play, random);
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
  await asking(play, random, { path: "/consents", body });
}
