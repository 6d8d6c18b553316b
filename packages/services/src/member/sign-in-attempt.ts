import type { SignIn } from "@ringfence/core/member";
import type { Db } from "@ringfence/db";

/** An address may be that of a call center, where many sign in at nine. */
const limits = { email: 10, address: 100 };

type Subject = { limit: number; name: string };

/** What an attempt counts for: the e-mail it names, whether or not a member has it, and where it comes from. */
export const subjectsOf = ({ email }: SignIn, address: string | null): Subject[] => [
  { limit: limits.email, name: `email:${email}` },
  ...(address === null ? [] : [{ limit: limits.address, name: `address:${address}` }]),
];

/** Whoever has found a desk unlocked guesses at the password of its owner as slowly as at sign-in. */
export const subjectOfSelf = (memberId: string): Subject => ({
  limit: limits.email,
  name: `member:${memberId}`,
});

/**
 * Counts an attempt, before its password is looked at, so that many at once do not slip through.
 * False when there were too many in the last 15 minutes.
 */
export async function countAttempt(db: Db, { limit, name }: Subject): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ count: number }[]>`
    INSERT INTO sign_in_attempt AS seen (subject, count, until)
    VALUES (encode(sha256(convert_to(${name}, 'UTF8')), 'hex'), 1, clock_timestamp() + interval '15 minutes')
    ON CONFLICT (subject) DO UPDATE SET
      count = CASE WHEN seen.until < clock_timestamp() THEN 1 ELSE seen.count + 1 END,
      until = CASE WHEN seen.until < clock_timestamp() THEN excluded.until ELSE seen.until END
    RETURNING count`;
  return rows.every(({ count }) => count <= limit);
}

/** An attempt that succeeded does not count, and what is over is nobody's to keep. */
export async function forgiveAttempt(db: Db, { name }: Subject) {
  await db.prisma.$executeRaw`
    UPDATE sign_in_attempt SET count = count - 1
    WHERE subject = encode(sha256(convert_to(${name}, 'UTF8')), 'hex')`;
  await db.prisma.$executeRaw`
    DELETE FROM sign_in_attempt WHERE subject IN (
      SELECT subject FROM sign_in_attempt WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED)`;
}
