import {
  AnswerLawAcceptance,
  type LawChange,
  ProposeLawAcceptance,
  compareLaws,
  hashLawChange,
  keepFormerParts,
  restoreParts,
} from "@ringfence/core/people/jurisdiction";
import {
  ServiceError,
  type TransactionContext,
  command,
  loadMemberNames,
  query,
} from "../../platform/internal.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";
import type { Message } from "@ringfence/core/platform/message";
import {
  createRuleSetReader,
  findInstalledLaw,
  listLooserChanges,
  loadKeptParts,
  lockLaw,
  saveKeptParts,
} from "./install-law.ts";
import { loadLawDocument } from "./load-law.ts";

/** A change that two officers have not accepted: until they do, the former version judges beside the new one. */
export type WaitingChange = LawChange & { hash: string };

/** Lists the changes of the law that the organization has not accepted, with the hash of the law in force. */
async function loadWaiting({
  db,
  organizationId,
}: TransactionContext): Promise<{ base: string | null; waiting: WaitingChange[] }> {
  const row = await db.organizationLaw.findUnique({ where: { organizationId } });
  const current = await findInstalledLaw({ db });
  if (row === null || current === null) return { base: current?.hash ?? null, waiting: [] };
  const law = await loadLawDocument(current.hash, createRuleSetReader({ db }));
  const held = restoreParts(law, await loadKeptParts(db, row.ruleSet));
  const waiting = listLooserChanges(held, law).map((change) => ({
    ...change,
    hash: hashLawChange(change),
  }));
  return { base: current.hash, waiting };
}

/**
 * Proposes that the organization accept changes of the law. The former versions also apply until another member
 * accepts.
 */
export const proposeLawAcceptance = command({
  name: "proposeLawAcceptance",
  action: "law.accept",
  input: ProposeLawAcceptance,
  run: async (ctx, { changes, reason }): Promise<{ id: string; parts: string[] }> => {
    const { db, organizationId, now: proposedAt } = ctx;
    await lockLaw(ctx);
    const { waiting } = await loadWaiting(ctx);
    const parts = findParts(waiting, changes);
    const open = await db.lawAcceptance.count({
      where: { organizationId, answer: null, changes: { hasSome: changes } },
    });
    if (open > 0) throw new ServiceError("conflict", { key: "law.acceptance-open" });
    const proposedBy = requireMemberId(ctx);
    const { id } = await db.lawAcceptance.create({
      data: { organizationId, parts, changes, reason, proposedBy, proposedAt },
    });
    return { id, parts };
  },
  audit: ({ id: acceptanceId, parts }) => ({
    acceptanceId,
    change: "proposed",
    parts: parts.join(", "),
  }),
  answer: ({ id }) => ({ id }),
});

/** Returns the parts of changes by their hashes. Throws `conflict` if one of them no longer waits. */
function findParts(waiting: readonly WaitingChange[], hashes: readonly string[]): string[] {
  return hashes.map((hash) => {
    const change = waiting.find((one) => one.hash === hash);
    if (change === undefined) throw new ServiceError("conflict", { key: "law.change-over" });
    return change.part;
  });
}

/**
 * Answers a proposal. If an officer who is independent of the proposer accepts, the former versions no longer judge,
 * from the next call on. Any officer may decline, and then nothing changes.
 */
export const answerLawAcceptance = command({
  name: "answerLawAcceptance",
  action: "law.accept",
  input: AnswerLawAcceptance,
  run: async (ctx, { id, isAccepted, reason }): Promise<{ parts: string[] }> => {
    const { db, organizationId, now: answeredAt } = ctx;
    await lockLaw(ctx);
    const proposal = await db.lawAcceptance.findFirst({
      where: { organizationId, id },
      include: { answer: true },
    });
    if (proposal === null) throw new ServiceError("not-found", { key: "law.acceptance-not-found" });
    if (proposal.answer !== null)
      throw new ServiceError("conflict", { key: "law.acceptance-answered" });
    const answeredBy = requireMemberId(ctx);
    if (isAccepted) {
      await assertIndependentReviewer(ctx, [{ id: proposal.proposedBy }]);
      await acceptChanges(ctx, proposal.changes);
    }
    await db.lawAcceptanceAnswer.create({
      data: { organizationId, acceptanceId: id, isAccepted, reason, answeredBy, answeredAt },
    });
    return { parts: proposal.parts };
  },
  audit: ({ parts }, { id: acceptanceId, isAccepted }) => ({
    acceptanceId,
    change: isAccepted ? "accepted" : "declined",
    parts: parts.join(", "),
  }),
  answer: () => {},
});

async function acceptChanges(ctx: TransactionContext, hashes: readonly string[]) {
  const { db, organizationId } = ctx;
  const { base, waiting } = await loadWaiting(ctx);
  findParts(waiting, hashes);
  if (base === null) throw new Error("changes wait, but no law is in force");
  const left = waiting.filter(({ hash }) => !hashes.includes(hash));
  await saveKeptParts(db, [organizationId], keepFormerParts(base, left));
}

export type AcceptanceView = {
  id: string;
  parts: readonly string[];
  /** Hashes of the changes, in the order of `parts`. */
  changes: readonly string[];
  reason: string;
  /** Member who proposed it; null if they are no longer known. */
  by: string | null;
  at: Date;
  /** Why the reader is not independent enough to accept it; null if they are. Their role is not considered. */
  acceptFault: Message | null;
  answer: { isAccepted: boolean; reason: string; by: string | null; at: Date } | null;
};

export type LawUpdateView = {
  hash: string;
  asOf: string;
  source: "release" | "update";
  keyId: string | null;
  summary: string | null;
  installedAt: Date;
  /** Null for the first law, or if this version cannot read one of the two. */
  changes: readonly LawChange[] | null;
};

export type LawUpdatesView = {
  updates: readonly LawUpdateView[];
  waiting: readonly WaitingChange[];
  acceptances: readonly AcceptanceView[];
};

/** Number of updates and of answered proposals that are listed. */
const MAX_LISTED = 20;

/** Shows the laws that were put in force, what waits for the organization's officers, and who accepted what. */
export const listLawUpdates = query({
  name: "listLawUpdates",
  action: "rule.read",
  run: async (ctx): Promise<LawUpdatesView> => {
    const { db } = ctx;
    const rows = await db.installedLaw.findMany({ orderBy: { number: "desc" }, take: MAX_LISTED });
    const updates: LawUpdateView[] = [];
    for (const { ruleSet, previous, asOf, source, keyId, summary, installedAt } of rows) {
      updates.push({
        hash: ruleSet,
        asOf: asOf.toISOString().slice(0, 10),
        source: source === "update" ? source : "release",
        keyId,
        summary,
        installedAt,
        changes: await compareStored(ctx, previous, ruleSet),
      });
    }
    const proposals = await listProposals(ctx);
    const names = await loadMemberNames(
      ctx,
      proposals.flatMap(({ proposedBy, answer }) =>
        answer === null ? proposedBy : [proposedBy, answer.answeredBy],
      ),
    );
    const review = await loadReviewFacts(ctx);
    const acceptances = proposals.map(
      ({ id, parts, changes, reason, proposedBy, proposedAt, answer }) => ({
        id,
        parts,
        changes,
        reason,
        by: names.get(proposedBy) ?? null,
        at: proposedAt,
        acceptFault: findReviewFault(ctx, review, [{ id: proposedBy }]),
        answer: answer && {
          isAccepted: answer.isAccepted,
          reason: answer.reason,
          by: names.get(answer.answeredBy) ?? null,
          at: answer.answeredAt,
        },
      }),
    );
    return { updates, waiting: (await loadWaiting(ctx)).waiting, acceptances };
  },
  audit: "none",
});

/** Lists all open proposals, because each blocks its changes, and then those that were answered last. */
async function listProposals({ db, organizationId }: TransactionContext) {
  const include = { answer: true };
  const open = await db.lawAcceptance.findMany({
    where: { organizationId, answer: null },
    include,
    orderBy: { proposedAt: "desc" },
  });
  const answered = await db.lawAcceptance.findMany({
    where: { organizationId, answer: { isNot: null } },
    include,
    orderBy: { answer: { answeredAt: "desc" } },
    take: MAX_LISTED,
  });
  return [...open, ...answered];
}

async function compareStored({ db }: TransactionContext, before: string | null, after: string) {
  if (before === null) return null;
  const read = createRuleSetReader({ db });
  try {
    return compareLaws(await loadLawDocument(before, read), await loadLawDocument(after, read));
  } catch {
    // A law of a later version of the program may have fields that this one does not know.
    return null;
  }
}
