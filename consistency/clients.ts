import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import type { Cluster } from "./cluster.ts";
import { ask, anIdempotencyKey, type Question } from "./ask.ts";
import type { Door, History, Refusal, Scope } from "./history.ts";
import { importConsents } from "./import-consents.ts";
import { idOf, itemsOf, permitOf, verdictOf } from "./read-answer.ts";
import { type Person, purposes, sellers, type World } from "./world.ts";

/** A call that was allowed, and may be verified later: by then it may have been refused. */
type Permit = { permit: string; phone: string } & Asked;
type Asked = { person: number; seller: string; purpose: string };

/** What all clients of a run know together, for they go after the same people. */
export type Play = {
  cluster: Cluster;
  world: World;
  history: History;
  permits: Permit[];
  /** Requests that were answered, and imports that were begun. */
  answered: number;
  /** Lists that are being screened: a killed worker's is taken over half a minute later. */
  lists: Set<Promise<void>>;
  isOver: () => boolean;
};

const batchSize = 20;
const listSize = 200;
const mostLists = 6;
const listPauseMs = 250;
/** Refused so lately that a mistake would show. */
const lately = 30;

/** One who refuses, screens, verifies, scrubs and imports, as chance has it, until it is over. */
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

/** Who hears nothing asks again a little later: to ask without end would keep the dead from starting. */
const pauseMs = 50;

async function asking(play: Play, random: Random, more: Omit<Question, "origin" | "key">) {
  const { cluster, world } = play;
  const answer = await ask({ origin: random.oneOf(cluster.origins), key: world.key, ...more });
  if (answer !== null && answer.status < 400) play.answered++;
  else await wait(pauseMs);
  return answer;
}

/** Mostly of those who refused lately, whom nobody may call. */
function somebody({ history, world }: Play, random: Random): Person {
  const refused = history.refusals.slice(-lately);
  const person = refused.length > 0 && random.chance(0.7) ? random.oneOf(refused).person : null;
  return world.people[person ?? random.below(world.people.length)] ?? random.oneOf(world.people);
}

const aScope = (random: Random): Scope => {
  if (random.chance(0.6)) return "all";
  return random.chance(0.5)
    ? { seller: random.oneOf(sellers) }
    : { purpose: random.oneOf(purposes) };
};

/** A number as people write it: to refuse by one spelling is to refuse by all. */
const spelled = (phone: string, random: Random) =>
  random.oneOf([phone, `1 (${phone.slice(2, 5)}) ${phone.slice(5)}`, phone.slice(2)]);

/** Asks before and after in the same words: who then hears the first answer again hears a wrong one. */
async function refuse(play: Play, random: Random) {
  const person = random.oneOf(play.world.people);
  const asked = anAsked(person, random);
  const phone = random.oneOf(person.phones);
  await screen(play, random, asked, phone, phone);
  await sayNo(play, random, person);
  await screen(play, random, asked, phone, phone);
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
    refusal.id = idOf(answer.body);
    return;
  }
}

const anAsked = (person: Person, random: Random): Asked => ({
  person: person.id,
  seller: random.oneOf(sellers),
  purpose: random.oneOf(purposes),
});

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
  const permit = permitOf(answer.body);
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
  for (const [index, result] of itemsOf(answer.body, "results").entries()) {
    const one = asked[index];
    if (one !== undefined) hear(play, "batch", one, begun, result);
  }
}

/** Of the latest; the oldest end meanwhile, and are no longer good for anything. */
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

/** Nothing that a caller of the API can do alone lifts a refusal. */
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

const listPath = "/scrubs?purpose=marketing.loans&seller=acme&phoneColumn=phone";

/** Nobody stands and waits for it: who did would refuse and screen nothing meanwhile. */
async function scrubList(play: Play, random: Random) {
  if (play.lists.size >= mostLists) return;
  const rows = Array.from({ length: listSize }, () => {
    const person = somebody(play, random);
    return { person, phone: random.oneOf(person.phones) };
  });
  const begun = performance.now();
  const body = ["phone", ...rows.map(({ phone }) => phone), ""].join("\n");
  const started = await asking(play, random, { path: listPath, body });
  const id = started?.status === 202 ? idOf(started.body) : null;
  if (id === null) return;
  const people = rows.map(({ person }) => person.id);
  const hearing = hearList(play, random, { id, people, begun });
  play.lists.add(hearing);
  void hearing.finally(() => play.lists.delete(hearing));
}

type List = { id: string; people: readonly number[]; begun: number };

async function hearList(play: Play, random: Random, { id, people, begun }: List) {
  while (!play.isOver()) {
    const told = await asking(play, random, { path: `/scrubs/${id}/result.csv` });
    if (told?.status !== 200 || typeof told.body !== "string") {
      await wait(listPauseMs);
      continue;
    }
    for (const [index, line] of told.body.trimEnd().split("\n").slice(1).entries()) {
      const [, verdict] = line.split(",");
      const person = people[index] ?? -1;
      const asked = { person, seller: "acme", purpose: "marketing.loans" };
      hear(play, "scrub", asked, begun, { verdict });
    }
    return;
  }
}

async function importAgain(play: Play, random: Random) {
  const phones = Array.from({ length: 10 }, () => random.oneOf(somebody(play, random).phones));
  // What the database says while it is away is nothing that we look for here.
  await importConsents(play.world, phones).then(
    () => play.answered++,
    () => wait(pauseMs),
  );
}

function hear({ history }: Play, door: Door, asked: Asked, begun: number, body: unknown) {
  const { person, seller, purpose } = asked;
  const verdict = verdictOf(body);
  history.heard.push({ door, person, seller, purpose, begun, verdict });
}
