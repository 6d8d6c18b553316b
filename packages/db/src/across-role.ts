// A hash is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { withConnection } from "./postgres/check-server.ts";

/**
 * Returns the address at which the service works for all organizations at once. Its role is the role of `url` with
 * `_across` added, and its password is a keyed hash of the password in `url`, so there is no second password to keep.
 * The service cannot switch to this role (SET ROLE): otherwise a statement injected into the transaction of one
 * organization could do so too.
 */
export function toAcrossUrl(url: string): string {
  const across = new URL(url);
  across.username += "_across";
  if (across.password !== "") {
    const password = decodeURIComponent(across.password);
    across.password = createHmac("sha256", password).update("across").digest("base64url");
  }
  return across.href;
}

/** Reads the role that an address names; empty if it names none. */
export const readRole = (url: string) => decodeURIComponent(new URL(url).username);

/**
 * Finds the address for all organizations if the address of the owner is not known. Returns `url` itself if no policy
 * restricts its role: in an installation with one role, and before the policies were created.
 */
export async function findAcrossUrl(url: string): Promise<string> {
  const { isRestricted } = await readRowSecurity(url);
  return isRestricted ? toAcrossUrl(url) : url;
}

/** Reads whether the database has the policies, and whether they restrict the role of the address. */
async function readRowSecurity(url: string) {
  const { rows } = await withConnection(url, (client) =>
    client.query(
      `SELECT coalesce(
           (SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('organization')), false) AS "hasPolicies",
         coalesce(row_security_active(to_regclass('organization')), false) AS "isRestricted"`,
    ),
  );
  return RowSecurity.parse(rows)[0];
}

const RowSecurity = z.tuple([z.object({ hasPolicies: z.boolean(), isRestricted: z.boolean() })]);

const TRIES = 60;
const PAUSE_MS = 500;

/**
 * Finds the same for an app, which may be started before the database answers or is migrated: waits up to half a
 * minute. It never guesses before the policies exist, because an app with the wrong role would take every API key for
 * an unknown one after the migration.
 */
export async function waitForAcrossUrl(url: string, { tries = TRIES } = {}): Promise<string> {
  for (let left = tries; ; left--) {
    try {
      const { hasPolicies, isRestricted } = await readRowSecurity(url);
      if (hasPolicies) return isRestricted ? toAcrossUrl(url) : url;
      throw new Error(
        "The database is not migrated to this version yet. Start `npm run serve` where DATABASE_OWNER_URL is set, then start this again.",
      );
    } catch (error) {
      if (left <= 1) throw error;
      await pause(PAUSE_MS);
    }
  }
}
