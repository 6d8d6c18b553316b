import type { Db } from "@ringfence/db";

/**
 * Deletes challenges that were used and have ended. Crosses organizations, which only the sweep may do.
 * Returns how many they were.
 */
export const forgetChallenges = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM used_challenge WHERE expires_at <= now()`;
