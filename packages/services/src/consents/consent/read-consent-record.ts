import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConsentRecord, RecordState } from "@ringfence/core/consents/consent";
import { type ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { hashToBase64url } from "@ringfence/core/proof/ledger";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { readKeyId } from "../../platform/keys/own-statement.ts";
import { openStatements, type StatementOnRecord } from "../../proof/statement/open-statements.ts";
import { type EventWithWords, eventsWithWords } from "./events-with-words.ts";
import { recordedGrant } from "./recorded-grant.ts";

/** `publicUrl` is where people reach the pages, as an origin: there a consent is taken back. */
export type ReadConsentRecord = { id: ConsentId; publicUrl: string };

/** All that is known of a consent, as standards and laws ask for it; exports are made of it. */
export const readConsentRecord = query({
  name: "readConsentRecord",
  action: "consent.prove",
  input: z.custom<ReadConsentRecord>(),
  run: async (ctx, { id, publicUrl }): Promise<ConsentRecord> => {
    const { events, grant } = await eventsWithWords(ctx, id);
    allowSeller(ctx, SellerId.parse(grant.sellerId));
    const phoneId = PhoneId.parse(grant.phoneId);
    await appendAudit(ctx, "consent.prove", { phoneId, consentId: id });
    const stated = await openStatements(ctx, { about: events.map((event) => event.id) });
    const { db, organizationId } = ctx;
    const calls = await db.call.findMany({
      where: { organizationId, phoneId, sellerId: grant.sellerId, at: { gte: grant.at } },
      select: { id: true, at: true },
      orderBy: { at: "asc" },
    });
    return {
      ...(await recordedGrant(ctx, { consentId: id, grant, publicUrl })),
      events: events.map((event) => eventOf(event, stated)),
      uses: calls.map(({ id, at }) => ({ call_id: id, at: at.toISOString() })),
      integrity: {
        alg: "sha-256",
        chain_head: hashOf(stated.at(-1)),
        signer: readKeyId(stated.at(-1)?.jwt ?? ""),
      },
    };
  },
  audit: "by run",
});

const states: Record<EventWithWords["type"], RecordState> = {
  requested: "requested",
  granted: "given",
  renewed: "renewed",
  refused: "refused",
  withdrawn: "withdrawn",
  invalidated: "invalidated",
};

function eventOf({ id, type, at, phoneId }: EventWithWords, stated: readonly StatementOnRecord[]) {
  const statement = stated.find(({ about }) => about === id);
  const previous = statement?.claims.previous;
  return {
    event_id: id,
    type: "consent" as const,
    state: states[type],
    at: at.toISOString(),
    entity_id: phoneId,
    hash: hashOf(statement),
    prev_hash: typeof previous === "string" ? previous : null,
  };
}

const hashOf = (statement: StatementOnRecord | undefined) =>
  statement ? hashToBase64url(statement.jwt) : null;
