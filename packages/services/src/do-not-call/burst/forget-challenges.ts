import type { Db } from "@ringfence/db";

/**
 * Deletes used challenges that have expired, and returns their number. Crosses organizations, which only the
 * sweep may do.
 */
export const forgetChallenges = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM used_challenge WHERE expires_at <= now()`;
