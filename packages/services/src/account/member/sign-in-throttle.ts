import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../platform/internal.ts";
import type { Db } from "@ringfence/db";

/** Something whose sign-in attempts are counted together. */
type Subject = {
  name: string;
  /** Number of attempts before waits begin. */
  free: number;
  longestWaitSeconds: number;
};

/** The wait after the last free attempt; each further attempt doubles it. */
const FIRST_WAIT_SECONDS = 15;

/**
 * Counts attempts at an account. The right password clears that count, so that earlier typos do not slow its
 * owner down.
 */
const account = (name: string): Subject => ({
  name,
  free: 10,
  longestWaitSeconds: 15 * 60,
});

/**
 * Counts attempts from a network. It may be a call center, where many sign in at nine, so it has more free
 * attempts. One right password says nothing about who guesses at the others.
 */
const network = (name: string): Subject => ({
  name: `network:${name}`,
  free: 100,
  longestWaitSeconds: 60,
});

/**
 * Source of a sign-in: a network (an IPv4 address or the /64 of an IPv6 address), a browser's token, and what
 * the browser says it is (`describeDevice`).
 */
export type SignInSource = {
  network: string | null;
  browser: string | null;
  device?: string | null;
};

/** The part of a sign-in's source that a member has used before: the browser, the network or nothing. */
export type FamiliarSource = "browser" | "network" | null;

/** An account that an attempt may be for. `member` is null if nobody has the e-mail. */
export type Account<Member> = { member: Member; knownBy: FamiliarSource };

/** An account whose password may be checked, and the subject that counts its attempts. */
export type AdmittedAccount<Member> = { member: Member; subject: Subject };

export type Admission<Member> = {
  admitted: readonly AdmittedAccount<Member>[];
  /** The network, if the attempt was counted for it too. */
  network: Subject | null;
  /** The shortest wait of an account that is not admitted; null if all are. */
  seconds: number | null;
};

/**
 * Counts an attempt before any password is checked, and returns the accounts for which it may be tried.
 * Accounts of several organizations may share an e-mail: each has its own count, so that the owner of one
 * neither clears nor raises the count of another. A known place has its own count for the account, which
 * attempts from elsewhere do not affect. In a known browser the network does not count, because others may
 * share it.
 */
export async function admitAttempt<Member extends { id: string } | null>(
  db: Db,
  { email, source }: { email: string; source: SignInSource },
  accounts: readonly Account<Member>[],
): Promise<Admission<Member>> {
  const listed = accounts.map(({ member, knownBy }) => ({
    member,
    knownBy,
    subject: account(accountSubjectName(member?.id ?? email, source, knownBy)),
  }));
  const fromKnownBrowser = listed.filter(({ knownBy }) => knownBy === "browser");
  const others = listed.filter(({ knownBy }) => knownBy !== "browser");
  const first = await admitAll(db, fromKnownBrowser);
  const shared = source.network === null || others.length === 0 ? null : network(source.network);
  const wait = shared === null ? 0 : await countAttempt(db, shared);
  const rest = wait > 0 ? { admitted: [], waits: [wait] } : await admitAll(db, others);
  const isNetworkCounted = shared !== null && wait === 0 && rest.admitted.length > 0;
  if (shared !== null && wait === 0 && !isNetworkCounted) await uncountAttempt(db, shared);
  const waits = [...first.waits, ...rest.waits];
  return {
    admitted: [...first.admitted, ...rest.admitted],
    network: isNetworkCounted ? shared : null,
    seconds: waits.length > 0 ? Math.min(...waits) : null,
  };
}

async function admitAll<Member>(db: Db, accounts: readonly AdmittedAccount<Member>[]) {
  const admitted: AdmittedAccount<Member>[] = [];
  const waits: number[] = [];
  for (const { member, subject } of accounts) {
    const seconds = await countAttempt(db, subject);
    if (seconds === 0) admitted.push({ member, subject });
    else waits.push(seconds);
  }
  return { admitted, waits };
}

function accountSubjectName(
  id: string,
  { browser, network }: SignInSource,
  knownBy: FamiliarSource,
): string {
  if (knownBy === "browser") return `browser:${browser} account:${id}`;
  return knownBy === "network" ? `network:${network} account:${id}` : `account:${id}`;
}

/**
 * Forgets an attempt that let somebody in: the count of their own account at this place, and nothing but this attempt
 * for whatever else it counted for.
 */
export async function clearAttemptsAfterSignIn(
  db: Db,
  { admitted, network }: Admission<{ id: string } | null>,
  memberId: string,
) {
  if (network !== null) await uncountAttempt(db, network);
  for (const { member, subject } of admitted) {
    if (member?.id === memberId) await clearAttempts(db, subject);
    else await uncountAttempt(db, subject);
  }
  await deleteOldAttempts(db);
}

/**
 * Subject for a member's guesses at their own password: nobody at an unlocked desk can guess faster than
 * at sign-in.
 */
export const memberSubject = (memberId: string): Subject => account(`member:${memberId}`);

/**
 * Subject for guesses at a member's second factor. A known place (its MAC) has its own count, so that somebody
 * elsewhere who knows the password cannot lock the member out there. Three of a million codes are valid at a time, so
 * with an hour between guesses, the chance to guess one within a year is one in forty.
 */
export const factorSubject = (memberId: string, place: string | null): Subject => ({
  name: place === null ? `factor:${memberId}` : `place:${place} factor:${memberId}`,
  free: 5,
  longestWaitSeconds: 3_600,
});

/**
 * Counts an attempt before the secret is checked, and returns 0. If the subject has to wait, counts nothing and
 * returns the seconds.
 */
export async function countAttempt(db: Db, subject: Subject): Promise<number> {
  const { name, free, longestWaitSeconds } = subject;
  const counted = await selectRows(
    { db: db.prisma },
    z.object({ count: z.int() }),
    sql`
    INSERT INTO sign_in_attempt AS seen (subject, count, next_at, until)
    VALUES (encode(sha256(convert_to(${name}, 'UTF8')), 'hex'), 1, clock_timestamp(),
      clock_timestamp() + interval '1 day')
    ON CONFLICT (subject) DO UPDATE SET
      count = CASE WHEN seen.until < clock_timestamp() THEN 1 ELSE seen.count + 1 END,
      next_at = clock_timestamp() + make_interval(secs => CASE
        WHEN seen.until < clock_timestamp() OR seen.count + 1 < ${free}::int THEN 0
        ELSE least(${longestWaitSeconds}::int,
          ${FIRST_WAIT_SECONDS}::int * 2 ^ least(seen.count + 1 - ${free}::int, 20)) END),
      until = excluded.until
    WHERE seen.count < ${free}::int OR seen.next_at <= clock_timestamp()
    RETURNING count`,
  );
  return counted.length > 0 ? 0 : readWait(db, subject);
}

/** Returns at least a second, because the wait may have ended since it was found. */
async function readWait(db: Db, { name }: Subject): Promise<number> {
  const [row] = await selectRows(
    { db: db.prisma },
    z.object({ seconds: z.number() }),
    sql`
    SELECT ceil(extract(epoch FROM next_at - clock_timestamp()))::int AS seconds
    FROM sign_in_attempt WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`,
  );
  return Math.max(1, row?.seconds ?? 1);
}

/** Deletes counts of subjects without an attempt for a day. */
const deleteOldAttempts = (db: Db) => db.prisma.$executeRaw`
  DELETE FROM sign_in_attempt WHERE subject IN (
    SELECT subject FROM sign_in_attempt WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED)`;

/** Clears the count of a subject. */
export const clearAttempts = (db: Db, { name }: Subject) => db.prisma.$executeRaw`
  DELETE FROM sign_in_attempt
  WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;

/**
 * Takes back the count of an attempt. Times are rounded down, so that nobody waits for a fraction of a
 * millisecond.
 */
const uncountAttempt = (db: Db, { name }: Subject) => db.prisma.$executeRaw`
  UPDATE sign_in_attempt SET count = count - 1,
    next_at = date_trunc('milliseconds', clock_timestamp())
  WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;
