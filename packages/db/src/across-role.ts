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

/** Returns the role with which an address signs in. Empty if the address names none. */
export const roleOf = (url: string) => decodeURIComponent(new URL(url).username);

/**
 * Finds the address for all organizations if the address of the owner is not known. Returns `url` itself if no policy
 * restricts its role: in an installation with one role, and before the policies were created.
 */
export async function findAcrossUrl(url: string): Promise<string> {
  const { rows } = await withConnection(url, (client) =>
    client.query(
      "SELECT coalesce(row_security_active(to_regclass('organization')), false) AS restricted",
    ),
  );
  return Restricted.parse(rows)[0].restricted ? toAcrossUrl(url) : url;
}

const Restricted = z.tuple([z.object({ restricted: z.boolean() })]);

const TRIES = 60;
const PAUSE_MS = 500;

/** Finds it for an app, which may be started before the database answers: waits up to half a minute. */
export async function waitForAcrossUrl(url: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await findAcrossUrl(url);
    } catch (error) {
      if (tries === TRIES) throw error;
      await pause(PAUSE_MS);
    }
  }
}
