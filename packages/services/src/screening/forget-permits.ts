import type { Db } from "@ringfence/db";

/**
 * Deletes the marks of permits that were used up and have ended long ago, so that nobody asks for them.
 * Crosses organizations, which only the sweep may do. Returns how many they were.
 */
export const forgetPermits = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM used_permit WHERE expires_at <= now() - interval '1 hour'`;
