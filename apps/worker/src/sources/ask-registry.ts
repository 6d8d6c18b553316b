import { createHash } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import {
  type AskedSource,
  type RegistryAnswers,
  askedServices,
  createEditionFromFreeNumbers,
  createEditionFromListed,
  listForms,
} from "@ringfence/core/do-not-call/registry";
import {
  type RegistryAsk,
  applyEdition,
  loadRegistryAnswers,
  recordAnswers,
  recordBalance,
  startAsk,
} from "@ringfence/services/do-not-call/registry";
import type { RunTools } from "../jobs/platform/define-run.ts";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { askDncscrub } from "./ask-dncscrub.ts";
import type { RegistryQuestion } from "./registry-question.ts";
import { readAuBalance, washAu } from "./au-washing.ts";
import type { SourceRequest, ReadingContext } from "./publication.ts";
import { askSg } from "./sg-realtime.ts";

type Registry = Pick<ReadingContext, "ctx" | "registryId">;

/**
 * Asks a registry that publishes no list about the numbers of contacts, within the budget of the
 * month, and puts the answers in force. If something stops it early, it puts in force what was
 * answered until then, and throws.
 */
export async function askRegistry(
  source: AskedSource,
  sourceRequest: SourceRequest,
  { registryId, tools }: { registryId: ReadingContext["registryId"]; tools: RunTools },
) {
  const { ctx, report } = tools;
  let answered = 0;
  let halted: Message | null = null;
  try {
    for (;;) {
      sourceRequest.signal.throwIfAborted();
      const begun = await startAsk(ctx, registryId);
      if (begun.outcome === "nothing") break;
      if (begun.outcome === "budget") {
        halted = {
          key: "source.budget-used",
          values: { budget: begun.budget, waiting: begun.waiting },
        };
        break;
      }
      answered += await askOnce(source, sourceRequest, { ctx, registryId }, begun);
      report({ rows: answered, bytes: 0 });
    }
  } catch (error) {
    // Earlier answers are put in force, and expired ones out of it, whatever else is wrong.
    await updateAnswersInForce(describeService(source), { registryId, tools });
    throw error;
  }
  const outcome = await updateAnswersInForce(describeService(source), { registryId, tools });
  await saveBalance(source, sourceRequest, { ctx, registryId });
  if (halted) throw new RunFault(halted, { outcome: { answered, ...outcome } });
  if (outcome === null) throw new RunFault({ key: "source.nothing-to-ask" });
  return { answered, ...outcome };
}

/**
 * Sends one question and records its result. Returns how many numbers were answered. A number that the answer does not
 * mention is recorded as invalid. If no answer will come (null), nothing was charged only where the service knows that.
 */
async function askOnce(
  source: AskedSource,
  sourceRequest: SourceRequest,
  { ctx, registryId }: Registry,
  { ask, outcome }: { ask: RegistryAsk; outcome: "ask" | "again" },
): Promise<number> {
  const numbers = ask.phones.map(({ digits }) => digits);
  const sent: RegistryQuestion = { reference: ask.id, numbers, isAgain: outcome === "again" };
  const settle = { registryId, askId: ask.id };
  const answerByNumber = await send(source, sourceRequest, sent).catch(async (error: unknown) => {
    const isRefused = error instanceof RunFault && error.outcome["isRefused"] === true;
    if (isRefused) await recordAnswers(ctx, { ...settle, status: "refused" });
    throw error;
  });
  if (answerByNumber === null) {
    const status = source.kind === "au-washing" ? "refused" : "lost";
    await recordAnswers(ctx, { ...settle, status });
    return 0;
  }
  const answers = ask.phones.map(({ id, digits }) => ({
    phoneId: id,
    said: answerByNumber.get(digits) ?? ("invalid" as const),
  }));
  await recordAnswers(ctx, { ...settle, status: "answered", answers });
  return answers.length;
}

/** Records the balance for display; a failure to read it fails nothing else. */
async function saveBalance(
  source: AskedSource,
  sourceRequest: SourceRequest,
  { ctx, registryId }: Registry,
) {
  if (source.kind !== "au-washing") return;
  const numbers = await readAuBalance(source, sourceRequest).catch((error: unknown) => {
    if (error instanceof RunFault) return null;
    throw error;
  });
  if (numbers !== null) await recordBalance(ctx, { registryId, numbers });
}

function send(source: AskedSource, sourceRequest: SourceRequest, ask: RegistryQuestion) {
  switch (source.kind) {
    case "au-washing":
      return washAu(source, sourceRequest, ask);
    case "sg-realtime":
      return askSg(source, sourceRequest, ask);
    case "us-dncscrub":
      return askDncscrub(source, sourceRequest, ask);
  }
}

/** The country of a service's numbers, and whether numbers that nobody asked it about may be called. */
type AnsweredList = { region: string; isVoluntary: boolean };

function describeService({ kind }: AskedSource): AnsweredList {
  const { reader } = askedServices[kind];
  return { region: listForms[reader].region, isVoluntary: reader === "us-litigators" };
}

/** Puts all answers that a registry has given in force, as one edition. Returns null if there are none yet. */
export async function updateAnswersInForce(
  { region, isVoluntary }: AnsweredList,
  { registryId, tools }: { registryId: ReadingContext["registryId"]; tools: RunTools },
) {
  const { ctx, claim, signal } = tools;
  const { readAt, revision, ...answers } = await loadRegistryAnswers(ctx, registryId);
  const numbers = { region, ...answers };
  const edition = isVoluntary
    ? createEditionFromListed(numbers)
    : createEditionFromFreeNumbers(numbers);
  if (edition === null) return null;
  signal.throwIfAborted();
  const text = toEvidence(answers);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const read = { revision, uploadId: null, readAt, validators: null, claim };
  const files = { edition, sha256, bytes: Buffer.byteLength(text) };
  return applyEdition(ctx, { registryId, ...files, ...read });
}

/**
 * Writes what is known about every number that the registry ever answered about. An edition with the same text is taken
 * as unchanged, so the text tells everything apart that an edition does.
 */
function toEvidence({ answered, free, listed }: Omit<RegistryAnswers, "region">): string {
  const isFree = new Set(free);
  const isListed = new Set(listed);
  const say = (digits: number) =>
    isListed.has(digits) ? "listed" : isFree.has(digits) ? "free" : "-";
  return answered.map((digits) => `${digits},${say(digits)}\n`).join("");
}
