import type { Db } from "@ringfence/db";
import { callWindowDays } from "./read-facts.ts";

/**
 * Deletes the marks of verified permits that expired long ago and can no longer be presented: those whose
 * call is on record, and those whose call would count for no cap. Crosses organizations, which only the sweep
 * may do. Returns the number deleted.
 */
export const forgetPermits = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM verified_permit
    WHERE expires_at <= now() - interval '1 hour'
      AND (call_at IS NOT NULL OR expires_at <= now() - make_interval(days => ${callWindowDays}))`;
