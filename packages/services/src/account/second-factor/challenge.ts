import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import { sql } from "kysely";
import { z } from "zod";
import { OrganizationId } from "@ringfence/core/ids";
import type { Transaction } from "@ringfence/db";
import { type Installation, type Keys, selectRow, selectRows } from "../../platform/internal.ts";

/*
 * A challenge is what a passkey signs. It is not stored when it is issued: it carries its end, and a MAC over that and the
 * browser it was issued to, so that nobody can fill a table by asking for challenges. Once it is answered, its row
 * makes sure that it counts only once.
 */

/** Site where a passkey is used: the origin of our pages, and the token in the browser's cookie. The server sets both. */
export const PasskeySite = z.object({ origin: z.string(), browser: z.string() });
export type PasskeySite = z.infer<typeof PasskeySite>;

/** Purpose of a challenge: to use a passkey or to make one. A challenge for one is refused for the other. */
export type ChallengeUse = "use" | "make";

/** Minutes within which a challenge has to be answered. */
const MINUTES = 5;

/** Random bytes of a challenge. WebAuthn asks for 16 at least. */
const RANDOM_BYTES = 16;

/** No organization is known yet when somebody signs in. */
const everyOrganization = OrganizationId.parse("00000000-0000-4000-8000-000000000000");

type ChallengeContext = { db: Pick<Transaction, "$kysely">; keys: Keys };

/** Issues a challenge to a browser. */
export async function issueChallenge(
  { db, keys }: ChallengeContext,
  use: ChallengeUse,
  browser: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { until } = await selectRow(
    { db },
    z.object({ until: z.string() }),
    sql`SELECT ceil(extract(epoch FROM clock_timestamp()) + ${MINUTES * 60}::int)::text AS until`,
  );
  const random = Buffer.from(keys.random(RANDOM_BYTES)).toString("hex");
  const text = `${use}.${until}.${random}`;
  const mac = keys.mac(everyOrganization, "passkey challenge", `${text} ${browser}`);
  return Uint8Array.from(Buffer.from(`${text}.${Buffer.from(mac).toString("hex")}`));
}

/**
 * Uses up the challenge that a browser answered, and returns it. Null if we did not issue it to this browser for this use,
 * if it is too old, or if it was answered before.
 */
export async function spendChallenge(
  { db, keys }: ChallengeContext,
  use: ChallengeUse,
  { browser, clientDataJSON }: { browser: string; clientDataJSON: string },
): Promise<string | null> {
  const challenge = readChallenge(clientDataJSON);
  const parts = /^((\w+)\.(\d{1,12})\.\w+)\.([\da-f]{64})$/.exec(
    Buffer.from(challenge, "base64url").toString("latin1"),
  );
  const [, text = "", issuedFor, until = "0", mac = ""] = parts ?? [];
  const isOurs = keys.isMac(
    everyOrganization,
    "passkey challenge",
    `${text} ${browser}`,
    Buffer.from(mac, "hex"),
  );
  if (!isOurs || issuedFor !== use) return null;
  const spent = await selectRows(
    { db },
    z.object({ challenge: z.string() }),
    sql`
    INSERT INTO passkey_challenge (challenge, until)
    SELECT ${text}, to_timestamp(${until}::float8)
    WHERE to_timestamp(${until}::float8) > clock_timestamp()
    ON CONFLICT DO NOTHING RETURNING challenge`,
  );
  return spent.length > 0 ? challenge : null;
}

/** Reads the challenge that a browser says it answered. Empty if there is none. */
function readChallenge(clientDataJSON: string): string {
  try {
    return ClientData.parse(decodeClientDataJSON(clientDataJSON)).challenge;
  } catch {
    return "";
  }
}

const ClientData = z.object({ challenge: z.string() });

/** Deletes challenges that nobody can answer any more. */
export const forgetPasskeyChallenges = ({ db }: Pick<Installation, "db">): Promise<number> =>
  db.prisma.$executeRaw`DELETE FROM passkey_challenge WHERE until < clock_timestamp()`;
