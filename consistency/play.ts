import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { ask, type Question } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import type { Route, History } from "./history.ts";
import { readVerdict } from "./read-answer.ts";
import { type Person, purposes, sellers, type World } from "./world.ts";

/** Permit of an allowed call that may be verified later, when the person may have opted out. */
type Permit = { permit: string; phone: string } & Asked;
export type Asked = { person: number; seller: string; purpose: string };

/** State shared by all clients of a run, so that they act on the same people. */
export type Play = {
  cluster: Cluster;
  world: World;
  history: History;
  permits: Permit[];
  /** Number of answered requests and started imports. */
  answered: number;
  /** Lists being screened. A killed worker's list is taken over half a minute later. */
  lists: Set<Promise<void>>;
  isOver: () => boolean;
};

/** Number of latest opt-outs that clients act on, where a mistake would show. */
export const lately = 30;

/** Pause after a missing answer: asking without a pause would keep dead apps from starting. */
export const pauseMs = 50;

export async function asking(play: Play, random: Random, more: Omit<Question, "origin" | "key">) {
  const { cluster, world } = play;
  const answer = await ask({ origin: random.oneOf(cluster.origins), key: world.key, ...more });
  if (answer !== null && answer.status < 400) play.answered++;
  else await wait(pauseMs);
  return answer;
}

/** Picks a person, mostly one who opted out lately, whom nobody may call. */
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

export function hear({ history }: Play, route: Route, asked: Asked, begun: number, body: unknown) {
  const { person, seller, purpose } = asked;
  const verdict = readVerdict(body);
  history.heard.push({ route, person, seller, purpose, begun, verdict });
}
