import type { Db } from "@ringfence/db";

/**
 * Deletes the answers that are no longer repeated, in which numbers may stand. Crosses organizations,
 * which only the sweep may do. Returns how many they were.
 */
export const forgetAnswers = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM idempotent_answer WHERE created_at <= now() - interval '24 hours'`;
