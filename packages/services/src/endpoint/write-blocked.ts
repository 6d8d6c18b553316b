import { type RefusedPhone, refusalLine } from "@ringfence/core/endpoint";
import { BLOCK_SIZE } from "@ringfence/core/registry";
import { tellingRegistries } from "@ringfence/core/screening";
import { allow } from "../access/allow.ts";
import { inTransaction, type RootContext, type TransactionContext } from "../context.ts";
import { writeRefusals } from "./write-refusals.ts";

const PHONES_PER_PAGE = 5_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * The lines of a file of all numbers that are blocked, page after page: every refusal, then which of the
 * organization's own numbers are suppressed, and which of them registries list. `scope` tells which, and
 * `reference` the reason or the registry. A consent may lift a listing: whom to call all the same, a
 * screening says.
 */
export async function* writeBlocked(ctx: RootContext): AsyncGenerator<string> {
  allow(ctx, "delivery.send");

  yield* writeRefusals(ctx);
  for (let after = FIRST; ;) {
    const page = await inTransaction(ctx, (ctx) => readPage(ctx, after), { timeoutMs: 60_000 });
    if (page.lines !== "") yield page.lines;
    if (page.last === null) return;
    after = page.last;
  }
}

type Row = Pick<RefusedPhone, "phone" | "scope" | "at" | "reference">;

/** `last` is null behind the last. */
async function readPage(ctx: TransactionContext, after: string) {
  const { db, organizationId } = ctx;
  const phones = await db.phone.findMany({
    where: { organizationId, id: { gt: after } },
    orderBy: { id: "asc" },
    take: PHONES_PER_PAGE,
    select: { id: true },
  });
  const rows = await readBlocked(
    ctx,
    phones.map(({ id }) => id),
  );
  const lines = rows.map((row) => refusalLine({ ...row, seller: null, purpose: null }));
  return { lines: lines.join(""), last: phones.at(-1)?.id ?? null };
}

/** Reassigned and ported numbers stand in registries that refuse no call. */
const readBlocked = (
  { db, organizationId, now }: TransactionContext,
  ids: readonly string[],
) => db.$queryRaw<Row[]>`
  WITH asked AS (
    SELECT id, e164, substr(e164, 2)::bigint AS digits FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...ids]}::uuid[])
      AND e164 IS NOT NULL
  )
  SELECT DISTINCT e164 AS phone, 'suppressed' AS scope, at, reason AS reference
  FROM asked CROSS JOIN LATERAL (
    -- Of a person, and so of all their phones.
    SELECT asked.id AS phone_id
    UNION ALL
    SELECT theirs.phone_id FROM contact_phone AS ours JOIN contact_phone AS theirs
      ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
    WHERE ours.organization_id = ${organizationId}::uuid AND ours.phone_id = asked.id
  ) person JOIN suppression ON organization_id = ${organizationId}::uuid
    AND suppression.phone_id = person.phone_id
  WHERE at <= ${now}::timestamptz AND (until IS NULL OR until > ${now}::timestamptz)
  UNION ALL
  SELECT e164, 'registry', verified_at, code
  FROM registry CROSS JOIN asked
  JOIN registry_block AS listed ON listed.organization_id = registry.organization_id
    AND listed.registry_id = registry.id AND listed.block = digits / ${BLOCK_SIZE}
  WHERE registry.organization_id = ${organizationId}::uuid AND edition > 0
    AND code <> ALL (${[...tellingRegistries]}::text[]) AND get_bit(bits, (digits % ${BLOCK_SIZE})::int) = 1
  ORDER BY phone, scope DESC, reference`;
