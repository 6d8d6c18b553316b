import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../platform/internal.ts";
import type { Db } from "@ringfence/db";

/** Something whose sign-in attempts are counted together. */
type Subject = {
  name: string;
  /** The first attempt that must be followed by a wait. */
  waitsFrom: number;
  longestWaitSeconds: number;
};

/** The wait after attempt number `waitsFrom`. Each further attempt doubles it. */
const FIRST_WAIT_SECONDS = 15;

/**
 * Creates the subject for attempts at a member's account. The right password clears that count, so that earlier typos do
 * not slow its owner down.
 */
const createAccountSubject = (name: string): Subject => ({
  name,
  waitsFrom: 10,
  longestWaitSeconds: 15 * 60,
});

/**
 * Creates the subject for attempts from a network. It may be a call center, where many sign in at nine, so waits begin
 * late. One right password says nothing about who guesses at the others, so it does not clear that count.
 */
const createNetworkSubject = (network: string): Subject => ({
  name: `network:${network}`,
  waitsFrom: 100,
  longestWaitSeconds: 60,
});

/**
 * Origin of a sign-in: a network (an IPv4 address or the /64 of an IPv6 address) and a browser's token. `device` is
 * what the browser says it is (`describeDevice`), for lists of sessions.
 */
export type SignInSource = {
  network: string | null;
  browser: string | null;
  device?: string | null;
};

/** The part of its source by which a member's sign-in is known, because they have used it before. */
export type KnownBy = "browser" | "network" | null;

/** An account that an attempt may be for. `member` is null if nobody has the e-mail. */
type AttemptedAccount<Member> = { member: Member; knownBy: KnownBy };

/** An account whose password may be checked, and the subject that counts its attempts. */
export type AdmittedAccount<Member> = { member: Member; subject: Subject };

type Admission<Member> = {
  admitted: readonly AdmittedAccount<Member>[];
  /** The network's subject if the attempt was counted for it too. */
  networkSubject: Subject | null;
  /** The shortest wait, of the network or of an account that is not admitted. Null if all are admitted. */
  waitSeconds: number | null;
};

/**
 * Counts an attempt before any password is checked, and returns the accounts for which it may be tried. Each attempt is
 * counted by a statement of its own, outside any transaction, so that a wrong password does not undo it.
 *
 * Accounts of several organizations may share an e-mail: each has its own count, so that the owner of one neither clears
 * nor raises the count of another. A known browser or network has its own count for the account, which attempts from
 * elsewhere do not affect. In a known browser the network does not count, because others may share it.
 */
export async function admitAttempt<Member extends { id: string } | null>(
  db: Db,
  { email, source }: { email: string; source: SignInSource },
  accounts: readonly AttemptedAccount<Member>[],
): Promise<Admission<Member>> {
  const listed = accounts.map(({ member, knownBy }) => ({
    member,
    knownBy,
    subject: createAccountSubject(nameAccountSubject(member?.id ?? email, source, knownBy)),
  }));
  const inKnownBrowser = listed.filter(({ knownBy }) => knownBy === "browser");
  const others = listed.filter(({ knownBy }) => knownBy !== "browser");
  const first = await admitAccounts(db, inKnownBrowser);
  const rest = await admitByNetwork(db, source.network, others);
  const waits = [...first.waits, ...rest.waits];
  return {
    admitted: [...first.admitted, ...rest.admitted],
    networkSubject: rest.networkSubject,
    waitSeconds: waits.length > 0 ? Math.min(...waits) : null,
  };
}

/** Admits no account if the network has to wait. If no account is admitted, the attempt does not count for the network. */
async function admitByNetwork<Member>(
  db: Db,
  network: string | null,
  accounts: readonly AdmittedAccount<Member>[],
) {
  if (network === null || accounts.length === 0) {
    return { ...(await admitAccounts(db, accounts)), networkSubject: null };
  }
  const networkSubject = createNetworkSubject(network);
  const wait = await countAttempt(db, networkSubject);
  if (wait > 0) return { admitted: [], waits: [wait], networkSubject: null };
  const { admitted, waits } = await admitAccounts(db, accounts);
  if (admitted.length > 0) return { admitted, waits, networkSubject };
  await uncountAttempt(db, networkSubject);
  return { admitted, waits, networkSubject: null };
}

async function admitAccounts<Member>(db: Db, accounts: readonly AdmittedAccount<Member>[]) {
  const admitted: AdmittedAccount<Member>[] = [];
  const waits: number[] = [];
  for (const { member, subject } of accounts) {
    const seconds = await countAttempt(db, subject);
    if (seconds === 0) admitted.push({ member, subject });
    else waits.push(seconds);
  }
  return { admitted, waits };
}

/** `id` is the member's, or the e-mail that nobody has; no e-mail looks like an id. */
function nameAccountSubject(
  id: string,
  { browser, network }: SignInSource,
  knownBy: KnownBy,
): string {
  if (knownBy === "browser") return `browser:${browser} account:${id}`;
  return knownBy === "network" ? `network:${network} account:${id}` : `account:${id}`;
}

/**
 * Clears the count of the member who has signed in, at their known browser or network if it is one. Every other subject
 * that counted the attempt takes back this attempt and nothing else.
 */
export async function clearAttemptsAfterSignIn(
  db: Db,
  { admitted, networkSubject }: Admission<{ id: string } | null>,
  memberId: string,
) {
  if (networkSubject !== null) await uncountAttempt(db, networkSubject);
  for (const { member, subject } of admitted) {
    if (member?.id === memberId) await clearAttempts(db, subject);
    else await uncountAttempt(db, subject);
  }
  await deleteOldAttempts(db);
}

/**
 * Creates the subject for the own password of a member who is signed in. Whoever finds their desk unlocked can guess no
 * faster than at sign-in.
 */
export const createMemberSubject = (memberId: string): Subject =>
  createAccountSubject(`member:${memberId}`);

/**
 * Creates the subject for a member's second factor. A known browser or network, by its hash (`computePlaces`), has its own
 * count, so that somebody elsewhere who knows the password cannot lock the member out there. Three of a million codes are
 * valid at a time, so with an hour between guesses, the chance to guess one within a year is one in forty.
 */
export const createFactorSubject = (memberId: string, knownPlace: string | null): Subject => ({
  name: knownPlace === null ? `factor:${memberId}` : `place:${knownPlace} factor:${memberId}`,
  waitsFrom: 5,
  longestWaitSeconds: 3_600,
});

/**
 * Counts an attempt before the secret is checked, and returns 0. If the subject has to wait, counts nothing and
 * returns the seconds.
 */
export async function countAttempt(db: Db, subject: Subject): Promise<number> {
  const { name, waitsFrom, longestWaitSeconds } = subject;
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
        WHEN seen.until < clock_timestamp() OR seen.count + 1 < ${waitsFrom}::int THEN 0
        ELSE least(${longestWaitSeconds}::int,
          ${FIRST_WAIT_SECONDS}::int * 2 ^ least(seen.count + 1 - ${waitsFrom}::int, 20)) END),
      until = excluded.until
    WHERE seen.count < ${waitsFrom}::int OR seen.next_at <= clock_timestamp()
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
 * Takes back an attempt and the wait that it earned. No other attempt is counted while a subject waits, so there is no
 * other wait to end. The time is rounded down to a whole millisecond, as it is stored: rounded up, it would be a wait.
 */
const uncountAttempt = (db: Db, { name }: Subject) => db.prisma.$executeRaw`
  UPDATE sign_in_attempt SET count = count - 1,
    next_at = date_trunc('milliseconds', clock_timestamp())
  WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;
