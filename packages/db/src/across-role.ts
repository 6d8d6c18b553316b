// A hash is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac } from "node:crypto";
import { z } from "zod";
import { withConnection } from "./postgres/check-server.ts";

/**
 * Returns the address at which the service works for all organizations at once. Its role is named after that of `url`,
 * and its password is made from that of `url` by a function that cannot be undone, so there is no second password to
 * keep. A role of its own, and not one that the service could become: then a statement injected into the transaction
 * of one organization could become it too.
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

/** Returns the role that an address signs in as. Empty if the address names none. */
export const roleOf = (url: string) => decodeURIComponent(new URL(url).username);

/**
 * Finds the address for all organizations without that of the owner: the same one in an installation with one role,
 * which no policy restricts, and before the policies were there.
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
