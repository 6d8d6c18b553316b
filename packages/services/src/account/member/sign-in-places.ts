import { sql } from "kysely";
import { z } from "zod";
import { type MemberId, OrganizationId } from "@ringfence/core/ids";
import {
  type Installation,
  type Keys,
  type TransactionContext,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import type { KnownBy, SignInSource } from "./sign-in-throttle.ts";

/**
 * Days for which a place stays known after the last sign-in there. Browsers do not store a cookie for longer.
 */
export const PLACE_DAYS = 400;

/** The most places that are known for a member; the latest ones are kept. */
const MAX_PLACES = 200;

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** Returns the token in the browser's cookie, or a new one if it is missing or has another format. */
export const ensureBrowserToken = (keys: Keys, carried: string | null): string =>
  carried !== null && TOKEN.test(carried)
    ? carried
    : Buffer.from(keys.random(TOKEN_BYTES)).toString("base64url");

type MemberKey = { organizationId: string; id: string };

/** Member that is looked up if nobody has the e-mail address, so that both cases take the same time. */
const nobody: MemberKey = {
  organizationId: "00000000-0000-4000-8000-000000000000",
  id: "00000000-0000-4000-8000-000000000000",
};

/**
 * Finds which members have signed in from this browser or network before. Returns by which of the two, per member; the
 * browser if by both. Members who are not known are left out.
 */
export async function findKnownBy(
  { db, keys }: Installation,
  members: readonly MemberKey[],
  source: SignInSource,
): Promise<ReadonlyMap<string, KnownBy>> {
  const wanted = (members.length > 0 ? members : [nobody]).flatMap((member) =>
    listPlaces(member, source).flatMap(({ kind, text }) =>
      keys.macs(OrganizationId.parse(member.organizationId), "sign-in place", text).map((mac) => ({
        organizationId: member.organizationId,
        memberId: member.id,
        kind,
        place: toHex(mac),
      })),
    ),
  );
  if (wanted.length === 0) return new Map();
  const table = toTable(wanted, {
    organizationId: "uuid",
    memberId: "uuid",
    place: "text",
    kind: "text",
  });
  const rows = await selectRows(
    { db: db.prisma },
    z.object({ id: z.string(), kind: z.enum(["browser", "network"]) }),
    sql`
    SELECT member_id AS id, min(kind) AS kind -- a browser before a network
    FROM ${table} AS wanted
    JOIN sign_in_place AS known USING (organization_id, member_id, place)
    WHERE used_at > clock_timestamp() - make_interval(days => ${PLACE_DAYS}::int)
    GROUP BY member_id`,
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** Computes the MACs of the browser and the network of a sign-in, in this order; one that is not known is left out. */
export const computePlaces = (
  { keys, organizationId }: Pick<TransactionContext, "keys" | "organizationId">,
  memberId: MemberId,
  source: SignInSource,
): string[] =>
  listPlaces({ organizationId, id: memberId }, source).map(({ text }) =>
    toHex(keys.mac(organizationId, "sign-in place", text)),
  );

/** Saves where a member has just signed in, and deletes old places. */
export async function saveSignInPlaces(
  ctx: TransactionContext,
  memberId: MemberId,
  places: readonly string[],
) {
  const { db, organizationId, now: usedAt } = ctx;
  for (const place of places) {
    await db.$executeRaw`
      INSERT INTO sign_in_place (organization_id, member_id, place, used_at)
      VALUES (${organizationId}::uuid, ${memberId}::uuid, ${place}, ${usedAt})
      ON CONFLICT (organization_id, member_id, place) DO UPDATE SET used_at = excluded.used_at`;
  }
  await db.$executeRaw`
    DELETE FROM sign_in_place
    WHERE organization_id = ${organizationId}::uuid AND member_id = ${memberId}::uuid
      AND place NOT IN (
        SELECT place FROM sign_in_place
        WHERE organization_id = ${organizationId}::uuid AND member_id = ${memberId}::uuid
          AND used_at > ${usedAt}::timestamptz - make_interval(days => ${PLACE_DAYS}::int)
        ORDER BY used_at DESC LIMIT ${MAX_PLACES}::int)`;
}

function listPlaces({ id }: MemberKey, { network, browser }: SignInSource) {
  const places: { kind: "browser" | "network"; text: string }[] = [];
  if (browser !== null) places.push({ kind: "browser", text: `browser ${browser} ${id}` });
  if (network !== null) places.push({ kind: "network", text: `network ${network} ${id}` });
  return places;
}

const toHex = (mac: Uint8Array) => Buffer.from(mac).toString("hex");
