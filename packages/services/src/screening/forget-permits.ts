import type { Db } from "@ringfence/db";
import { callWindowDays } from "./read-facts.ts";

/**
 * Deletes the marks of permits that were verified and have ended long ago, so that nobody brings them any more:
 * where their call is on record, or where it would count for no cap.
 * Crosses organizations, which only the sweep may do. Returns how many they were.
 */
export const forgetPermits = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM verified_permit
    WHERE expires_at <= now() - interval '1 hour'
      AND (call_at IS NOT NULL OR expires_at <= now() - make_interval(days => ${callWindowDays}))`;
