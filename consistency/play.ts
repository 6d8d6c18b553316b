import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { ask, type Question } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import type { Door, History } from "./history.ts";
import { verdictOf } from "./read-answer.ts";
import { type Person, purposes, sellers, type World } from "./world.ts";

/** A call that was allowed, and may be verified later: by then it may have been refused. */
type Permit = { permit: string; phone: string } & Asked;
export type Asked = { person: number; seller: string; purpose: string };

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

/** Refused so lately that a mistake would show. */
export const lately = 30;

/** Who hears nothing asks again a little later: to ask without end would keep the dead from starting. */
export const pauseMs = 50;

export async function asking(play: Play, random: Random, more: Omit<Question, "origin" | "key">) {
  const { cluster, world } = play;
  const answer = await ask({ origin: random.oneOf(cluster.origins), key: world.key, ...more });
  if (answer !== null && answer.status < 400) play.answered++;
  else await wait(pauseMs);
  return answer;
}

/** Mostly of those who refused lately, whom nobody may call. */
export function somebody({ history, world }: Play, random: Random): Person {
  const refused = history.refusals.slice(-lately);
  const person = refused.length > 0 && random.chance(0.7) ? random.oneOf(refused).person : null;
  return world.people[person ?? random.below(world.people.length)] ?? random.oneOf(world.people);
}

export const anAsked = (person: Person, random: Random): Asked => ({
  person: person.id,
  seller: random.oneOf(sellers),
  purpose: random.oneOf(purposes),
});

export function hear({ history }: Play, door: Door, asked: Asked, begun: number, body: unknown) {
  const { person, seller, purpose } = asked;
  const verdict = verdictOf(body);
  history.heard.push({ door, person, seller, purpose, begun, verdict });
}
