import { setTimeout as wait } from "node:timers/promises";
import { withConnection } from "@ringfence/db/postgres";
import { z } from "zod";
import { databaseHosts, ports } from "./database-host.ts";

const usualPatienceMs = 240_000;
const pauseMs = 300;
const answerMs = 2_000;

/** Tries work until it returns true, or throws. `awaited` says for what it waits. */
export async function waitUntil(
  work: () => Promise<boolean>,
  awaited: string,
  patienceMs = usualPatienceMs,
) {
  const end = performance.now() + patienceMs;
  for (;;) {
    const isLast = performance.now() > end;
    const result = await work().catch((error: unknown) => error);
    if (result === true) return;
    if (isLast) throw new Error(`Waited in vain for ${awaited}`, { cause: result });
    await wait(pauseMs);
  }
}

/** Waits until a server answers at an address of PostgreSQL. */
export const waitForServer = (url: string) =>
  waitUntil(
    () => withConnection(url, async (client) => Boolean(await client.query("SELECT"))),
    "PostgreSQL",
  );

/** Waits until an app says that it is ready. */
export const waitForApp = (origin: string) =>
  waitUntil(async () => {
    const { ok } = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(answerMs) });
    return ok;
  }, `the app at ${origin}`);

const Answer = z.object({
  members: z.array(z.object({ name: z.string(), role: z.string(), state: z.string() })),
});
type Member = z.infer<typeof Answer>["members"][number];

/** Asks each Patroni for the members of the cluster until one answers. */
export async function readMembers(): Promise<Member[]> {
  const asked = [...databaseHosts.values()].map(async (address) => {
    const url = `http://${address}:${ports.patroni}/cluster`;
    const response = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    return Answer.parse(await response.json()).members;
  });
  return Promise.any(asked);
}

/** Waits until one host is the primary and the two others follow it. */
export const waitForStandbys = (isSynchronous: boolean) =>
  waitUntil(async () => {
    const members = await readMembers();
    // A standby that is only "running" does not follow the primary: its data may still have to be rewound.
    const count = (role: string, state: string) =>
      members.filter((member) => member.role === role && member.state === state).length;
    const [standbys, others] = isSynchronous ? [1, 1] : [0, 2];
    if (
      count("leader", "running") === 1 &&
      count("sync_standby", "streaming") === standbys &&
      count("replica", "streaming") === others
    )
      return true;
    throw new Error(members.map(({ name, role, state }) => `${name} ${role} ${state}`).join(", "));
  }, "two standbys");

/** Asks Patroni to make another host the primary, as an operator does before maintenance. */
export async function switchOver(primary: string) {
  const url = `http://${databaseHosts.get(primary)}:${ports.patroni}/switchover`;
  await fetch(url, { method: "POST", body: JSON.stringify({ leader: primary }) });
}
