import type { Db } from "@ringfence/db";

/**
 * Deletes the tokens that have run out by themselves. Crosses organizations, which only the sweep may
 * do. Returns how many they were.
 */
export const forgetTokens = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM spent_token WHERE expires_at <= now()`;
