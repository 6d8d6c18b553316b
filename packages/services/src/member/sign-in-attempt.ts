import type { Db } from "@ringfence/db";

/** Something whose sign-in attempts are counted together. */
type Subject = {
  name: string;
  /** Attempts that follow each other without a wait. */
  free: number;
  longestWaitSeconds: number;
  /** True if a right password clears all attempts, not only its own. */
  isCleared: boolean;
};

/** The wait after the last free attempt; each further attempt doubles it. */
const FIRST_WAIT_SECONDS = 15;

/** Waits for an account. The right password clears them, so that its owner is not slowed down by earlier slips. */
const account = (name: string): Subject => ({
  name,
  free: 10,
  longestWaitSeconds: 15 * 60,
  isCleared: true,
});

/**
 * An address may be that of a call center, where many sign in at nine. One right password says nothing
 * about who guesses at the others.
 */
const network = (name: string): Subject => ({
  name: `network:${name}`,
  free: 100,
  longestWaitSeconds: 60,
  isCleared: false,
});

/** Source of a sign-in: a network (an IPv4 address or the /64 of an IPv6 address), and a browser's token. */
export type SignInSource = { network: string | null; browser: string | null };

/** Says by what a member is known at a source: the browser, the network, or nothing. */
export type KnownBy = "browser" | "network" | null;

/**
 * Lists what an attempt counts for, the widest first. An account that is known at a place has a count of
 * its own there, which attempts from elsewhere do not touch; in a known browser the network does not
 * count either, for others may share it.
 */
export function listSubjects(email: string, source: SignInSource, knownBy: KnownBy): Subject[] {
  if (knownBy === "browser") return [account(`browser:${source.browser} email:${email}`)];
  if (source.network === null) return [account(`email:${email}`)];
  const own = knownBy === "network" ? `network:${source.network} email:${email}` : `email:${email}`;
  return [network(source.network), account(own)];
}

/** Whoever has found a desk unlocked guesses at the password of its owner as slowly as at sign-in. */
export const subjectOfSelf = (memberId: string): Subject => account(`member:${memberId}`);

/**
 * Counts an attempt for each subject before its password is looked at, so that many at once do not slip
 * through. Where one has to wait, nothing is counted. Returns the seconds to wait; 0 is none.
 */
export async function countAttempts(db: Db, subjects: readonly Subject[]): Promise<number> {
  for (const [index, subject] of subjects.entries()) {
    const seconds = await countAttempt(db, subject);
    if (seconds === 0) continue;
    for (const counted of subjects.slice(0, index)) await uncountAttempt(db, counted);
    return seconds;
  }
  return 0;
}

async function countAttempt(db: Db, subject: Subject): Promise<number> {
  const { name, free, longestWaitSeconds } = subject;
  const counted = await db.prisma.$queryRaw<unknown[]>`
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
    RETURNING count`;
  return counted.length > 0 ? 0 : readWait(db, subject);
}

/** At least a second: it may have ended since. */
async function readWait(db: Db, { name }: Subject): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT ceil(extract(epoch FROM next_at - clock_timestamp()))::int AS seconds
    FROM sign_in_attempt WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;
  return Math.max(1, row?.seconds ?? 1);
}

/** Forgets attempts that succeeded, and what nobody has tried for a day. */
export async function forgiveAttempts(db: Db, subjects: readonly Subject[]) {
  for (const subject of subjects) {
    if (subject.isCleared) await clearAttempts(db, subject);
    else await uncountAttempt(db, subject);
  }
  await db.prisma.$executeRaw`
    DELETE FROM sign_in_attempt WHERE subject IN (
      SELECT subject FROM sign_in_attempt WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED)`;
}

const clearAttempts = (db: Db, { name }: Subject) => db.prisma.$executeRaw`
  DELETE FROM sign_in_attempt
  WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;

/** Rounded down, so that what need not wait never waits for the rest of a millisecond. */
const uncountAttempt = (db: Db, { name }: Subject) => db.prisma.$executeRaw`
  UPDATE sign_in_attempt SET count = count - 1,
    next_at = date_trunc('milliseconds', clock_timestamp())
  WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;
