import type { Db } from "@ringfence/db";

/**
 * Forgets the mailboxes of receipts that could not be sent for three days: it is no longer tried. Crosses
 * organizations, which only the sweep may do. Returns how many they were.
 */
export const forgetMailboxes = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    UPDATE receipt_mail SET email = NULL
    WHERE email IS NOT NULL AND created_at <= now() - interval '3 days'`;
