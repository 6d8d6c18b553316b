import type { OrganizationId } from "@ringfence/core/ids";
import type { Transaction } from "@ringfence/db";
import type { KeyOnFile } from "./key-files.ts";
import { fileWrapping } from "./key-wrapping.ts";
import { isOwnStatement } from "./own-statement.ts";
import { sealingKeys } from "./sealing-keys.ts";
import type { SigningKey } from "./signing-key.ts";

/**
 * Result of trying a key file on data of an older version, which recorded no check values. `nothing` if there
 * is no data to try it on.
 */
export type KeyEvidence = "opens" | "opens-nothing" | "nothing";

export function findEvidence(tx: Transaction, key: KeyOnFile): Promise<KeyEvidence> {
  if ("secret" in key) {
    return key.name === "vault" ? findWrapped(tx, key.secret) : findSealed(tx, key.secret);
  }
  return key.name === "permit"
    ? findSignedAnswers(tx, key.signing)
    : findStatements(tx, key.signing);
}

/** True if nothing is recorded that any key, link or signature could belong to. */
export async function isEmpty(tx: Transaction): Promise<boolean> {
  const [found] = await tx.$queryRaw<[{ empty: boolean }]>`
    SELECT NOT (EXISTS (SELECT FROM organization) OR EXISTS (SELECT FROM ledger.entry)
      OR EXISTS (SELECT FROM ledger.log_key) OR EXISTS (SELECT FROM vault.subject)) AS empty`;
  return found.empty;
}

/**
 * Number of newest, and of oldest, rows to try. One that opens is enough, because a key may have been lost
 * before.
 */
const SAMPLES = 200;

const toEvidence = (opened: readonly boolean[]): KeyEvidence => {
  if (opened.length === 0) return "nothing";
  return opened.includes(true) ? "opens" : "opens-nothing";
};

type SealedRow = { organizationId: OrganizationId; purpose: string; sealed: Uint8Array };

/** Tries passwords of registry sources, and secrets shared with outside systems. */
async function findSealed(tx: Transaction, master: Uint8Array): Promise<KeyEvidence> {
  const rows = await tx.$queryRaw<SealedRow[]>`
    SELECT organization_id AS "organizationId", 'registry ' || code AS purpose, secret AS sealed
      FROM registry WHERE secret IS NOT NULL
    UNION ALL SELECT organization_id, 'outside', secret FROM endpoint
    UNION ALL SELECT organization_id, 'outside', secret FROM inbound_source`;
  const { open } = sealingKeys(() => [master]);
  return toEvidence(rows.map(({ sealed, ...sealedFor }) => open(sealedFor, sealed) !== null));
}

async function findWrapped(tx: Transaction, secret: Uint8Array): Promise<KeyEvidence> {
  const { id, unwrap } = fileWrapping(
    () => [secret],
    () => Promise.resolve(),
  );
  const rows = await tx.$queryRaw<{ wrapped: Uint8Array; by: string }[]>`
    SELECT wrapped_key AS wrapped, wrapping_key_id AS by FROM vault.subject
    WHERE wrapped_key IS NOT NULL ORDER BY (wrapping_key_id = ${id}) DESC LIMIT ${SAMPLES}`;
  return toEvidence(
    await Promise.all(
      rows.map(({ wrapped, by }) =>
        unwrap(wrapped, by).then(
          () => true,
          () => false,
        ),
      ),
    ),
  );
}

async function findStatements(tx: Transaction, key: SigningKey): Promise<KeyEvidence> {
  // Rotations are left out, because the ledger's own key signs those of itself.
  const rows = await tx.$queryRaw<{ statement: string }[]>`
    (SELECT statement FROM ledger.entry WHERE kind <> 'key.rotation'
      ORDER BY entry_id LIMIT ${SAMPLES})
    UNION ALL
    (SELECT statement FROM ledger.entry WHERE kind <> 'key.rotation'
      ORDER BY entry_id DESC LIMIT ${SAMPLES})`;
  const ours = { statementKeys: [key] };
  return toEvidence(rows.map(({ statement }) => isOwnStatement(ours, statement)));
}

/** Tries officers' answers about forms, which the permit key signs and names. */
async function findSignedAnswers(tx: Transaction, key: SigningKey): Promise<KeyEvidence> {
  const rows = await tx.$queryRaw<{ isOurs: boolean }[]>`
    SELECT answer ->> 'key' = ${key.id} AS "isOurs"
    FROM (SELECT answers FROM capture_form UNION ALL SELECT answers FROM capture_form_version) AS form
    CROSS JOIN LATERAL jsonb_array_elements(answers) AS answer WHERE answer ? 'key'`;
  return toEvidence(rows.map(({ isOurs }) => isOurs));
}
