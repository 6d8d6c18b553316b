import type { EntryKind } from "@ringfence/core/proof/ledger";
import type { Transaction } from "@ringfence/db";
import { compactJws } from "../../platform/keys/compact-jws.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { type AppendedStatement, appendStatement } from "./append-statement.ts";

/** Of what belongs to no organization: keys, and the rules that came with a version. */
export const INSTALLATION = "00000000-0000-0000-0000-000000000000";

/** What has happened to what: ids and what is not personal, for nothing of it is ever erased. */
type Happening = {
  organizationId: string;
  kind: EntryKind;
  /** What it happened to: the same happens to it once. */
  subject: string;
  at: Date;
  claims: Readonly<Record<string, StatedValue>>;
};

type StatedValue =
  | string
  | number
  | null
  | readonly Readonly<Record<string, string | number | null>>[];

/** Signs what concerns nobody in person, as a plain JWS, and puts it on the ledger. */
export function recordStatement(
  { db, keys }: { db: Transaction; keys: Pick<Keys, "statement"> },
  { organizationId, kind, subject, at, claims }: Happening,
): Promise<AppendedStatement> {
  const statement = compactJws(keys.statement, "ringfence-statement+jwt", {
    iss: `ringfence:${organizationId}`,
    jti: `${kind}/${subject}`,
    iat: Math.floor(at.getTime() / 1_000),
    kind,
    ...claims,
  });
  return appendStatement(db, {
    organizationId,
    kind,
    idempotencyKey: `${kind}/${subject}`,
    statement,
  });
}
