import type { CallId } from "@ringfence/core/ids";
import { type Found, isOfConsent, type ViolationCause } from "@ringfence/core/calling/violation";
import { z } from "zod";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { StoredCause } from "@ringfence/core/calling/violation";

type Judged = { callId: CallId; found: Found | null };

const KIND = "found-no-more";
const Details = z.object({ causes: z.array(z.string()) });

/**
 * Says of open violations which causes are found no more, because a consent that counts from before the
 * call came later. They stay causes: what was not on record when the call was placed was not known then,
 * and whether it was true a person decides.
 */
export async function noteDoubts(ctx: TransactionContext, judged: readonly Judged[]) {
  const { db, organizationId, now, actor } = ctx;
  const foundOf = new Map(judged.map(({ callId, found }) => [String(callId), causesOf(found)]));
  const open = await db.violation.findMany({
    where: { organizationId, closedAt: null, callId: { in: [...foundOf.keys()] } },
    include: { steps: { where: { kind: KIND }, orderBy: { id: "desc" }, take: 1 } },
  });
  const doubts = open.flatMap(({ id, callId, causes, steps: [said] }) => {
    const found = foundOf.get(callId ?? "");
    const known = StoredCause.array().parse(causes);
    const gone = known.flatMap(({ cause }) =>
      isOfConsent(cause) && !found?.has(cause) ? [cause] : [],
    );
    const before = said === undefined ? [] : Details.parse(said.details).causes;
    const isNew = gone.some((cause) => !before.includes(cause));
    return isNew ? [{ violationId: id, details: { causes: [...new Set(gone)] } }] : [];
  });
  await db.violationStep.createMany({
    data: doubts.map((doubt) => ({
      ...doubt,
      organizationId,
      kind: KIND,
      at: now,
      actor: actorOnRecord(actor),
    })),
  });
}

const causesOf = (found: Found | null): ReadonlySet<ViolationCause> =>
  new Set(found?.causes.map(({ cause }) => cause));
