import type { Db } from "@ringfence/db";

/**
 * Forgets to which mailboxes receipts went, or could not be sent for three days: it is no longer tried.
 * Crosses organizations, which only the sweep may do. Returns how many they were.
 */
export const forgetMailboxes = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM receipt_mail WHERE created_at <= now() - interval '3 days'`;
