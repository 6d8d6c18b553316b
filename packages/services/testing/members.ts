import { hash } from "@node-rs/argon2";
import type { Role } from "@ringfence/core/platform/access";
import { MemberId, type OrganizationId } from "@ringfence/core/ids";
import { SignIn } from "@ringfence/core/account/member";
import { expect, vi } from "vitest";
import { toActor } from "../src/account/member/sessions.ts";
import { startSession } from "../src/account/member/sign-in.ts";
import { aContext, db, keys } from "./scenes.ts";

export const password = "a field of poppies";

/** One hash for all members, of the lowest cost: what it takes to check a password is written in its hash. */
const passwordHash = await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });

type Who = {
  role?: Role;
  email?: string;
  /** The member whose organization this one joins. */
  of?: { ctx: { organizationId: OrganizationId } };
};

/**
 * Creates a member, in a new organization unless `of` is given, with their sign-in and a context in which
 * they act.
 */
export async function aMember({ role = "officer", email = anEmail(), of }: Who = {}) {
  const { organizationId } = of?.ctx ?? (await aContext());
  const { id } = await db.prisma.member.create({
    data: { organizationId, email, name: "Ada", role, passwordHash },
  });
  const memberId = MemberId.parse(id);
  return {
    ctx: {
      db,
      keys,
      organizationId,
      actor: toActor({ memberId, role, sellerIds: [], isProven: true }),
    },
    memberId,
    signIn: SignIn.parse({ email, password }),
  };
}

/** Signs a member in, without an address or a browser, and returns the session. */
export async function aSession({ signIn }: { signIn: SignIn }) {
  const started = await startSession({ db, keys }, signIn, null);
  if (started.outcome !== "started") throw new Error(started.outcome);
  return started.session;
}

/**
 * Begins the acts one after another while the members' rows are locked, each once the one before waits for a lock,
 * and then releases the rows. Each act must need the lock of one of these rows. Returns how each of them ended.
 */
export async function atOnce(
  members: readonly { memberId: MemberId }[],
  acts: readonly (() => Promise<unknown>)[],
) {
  const client = await db.pool.connect();
  const ids = members.map(({ memberId }) => memberId);
  const begun: Promise<unknown>[] = [];
  await client.query("BEGIN");
  try {
    await client.query("SELECT FROM member WHERE id = ANY ($1::uuid[]) FOR UPDATE", [ids]);
    for (const act of acts) {
      begun.push(act());
      await vi.waitFor(() => areWaiting(begun.length), { timeout: 4_000, interval: 20 });
    }
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  return Promise.allSettled(begun);
}

async function areWaiting(count: number) {
  const { rowCount } = await db.pool.query(`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`);
  expect(rowCount).toBe(count);
}

let serial = 0;

export const anEmail = () => `ada-${process.env.VITEST_POOL_ID}-${serial++}@example.com`;
