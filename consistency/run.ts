import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import type { ApiRequest, ApiResponse } from "./send-request.ts";
import type { History, Route } from "./history.ts";
import { readVerdict } from "./read-response.ts";
import { type Person, type World, purposes, sellers } from "./world.ts";

/** Permit of an allowed call that may be verified later, when the person may have opted out. */
type Permit = { permit: string; phone: string } & CallDetails;
export type CallDetails = { person: number; seller: string; purpose: string };

/** Sends a request to any of the APIs. Null if no complete answer came. */
export type Send = (
  random: Random,
  request: Omit<ApiRequest, "origin" | "key">,
) => Promise<ApiResponse | null>;

/** The people whom clients call. Without a context of ours, clients do all through the API. */
export type TestedWorld = Pick<World, "people"> & Partial<Pick<World, "ctx">>;

/** State shared by all clients of a run, so that they act on the same people. */
export type Run = {
  send: Send;
  world: TestedWorld;
  history: History;
  permits: Permit[];
  /** Number of answered requests and started imports. */
  answered: number;
  /** Lists being screened. A killed worker's list is taken over half a minute later. */
  lists: Set<Promise<void>>;
  isOver: () => boolean;
};

/** Number of latest opt-outs that clients act on, where a mistake would show. */
export const recentCount = 30;

/** Pause after a missing answer: without it, requests would keep killed apps from starting. */
export const pauseMs = 50;

/** Sends a request to any API, and pauses if it was not carried out. */
export async function askAnyApi(run: Run, ...request: Parameters<Send>) {
  const answer = await run.send(...request);
  if (answer !== null && answer.status < 400) run.answered++;
  else await wait(pauseMs);
  return answer;
}

/** Picks a person, mostly one who opted out recently, whom nobody may call. */
export function pickPerson({ history, world }: Run, random: Random): Person {
  const recent = history.optOuts.slice(-recentCount);
  const person = recent.length > 0 && random.chance(0.7) ? random.oneOf(recent).person : null;
  return world.people[person ?? random.below(world.people.length)] ?? random.oneOf(world.people);
}

export const pickCall = (person: Person, random: Random): CallDetails => ({
  person: person.id,
  seller: random.oneOf(sellers),
  purpose: random.oneOf(purposes),
});

export function recordVerdict(
  { history }: Run,
  route: Route,
  call: CallDetails,
  startedAt: number,
  body: unknown,
) {
  const { person, seller, purpose } = call;
  const verdict = readVerdict(body);
  history.verdicts.push({ route, person, seller, purpose, startedAt, verdict });
}
