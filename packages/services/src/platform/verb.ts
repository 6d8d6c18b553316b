import type { Action } from "@ringfence/core/platform/access";
import type { PhoneId } from "@ringfence/core/ids";
import { inSpan } from "@ringfence/db/span";
import { z } from "zod";
import { allow, allowAny, visibleSellerIds } from "./access/allow.ts";
import { ServiceError } from "./errors.ts";
import { inAnalysisTransaction } from "./analysis-transaction.ts";
import { type AuditDetails, appendAudit } from "./audit/append-audit.ts";
import {
  type RootContext,
  type ServiceContext,
  type Transact,
  type TransactionContext,
  inTransaction,
  isInTransaction,
} from "./context.ts";
import { requirePhone } from "./access/read-audited.ts";
import type { IdempotentOutcome, KeyContext } from "./idempotency/answer-once.ts";
import { type Once, type RunMany, createSharedRun, runOne } from "./share-transaction.ts";

/*
 * A verb is an operation of the product, such as "record an opt-out". `command` creates a verb that changes
 * something, `query` a verb that reads. A verb belongs to a noun: a folder such as `do-not-call/opt-out`. It
 * is called like a function:
 *
 *   const { items } = await listOptOuts(ctx, { limit: 50 });
 *
 * `perform` does what all verbs have in common: it checks the permission with `allow` (with `stepUp`, also that
 * a member has just proved who they are, and with `forAllSellers`, that the actor is not limited to some sellers),
 * opens a transaction or joins the caller's, runs the verb, writes the audit row, and answers. A verb may declare
 * that its `run` handles the transaction or the audit rows itself (`"by run"`).
 */

/** The properties that describe a verb. */
export type VerbFacts<Schema extends z.ZodType = z.ZodType> = {
  readonly kind: "command" | "query";
  /** The name under which the verb is exported. Unique. */
  readonly name: string;
  /** The permission that it asks for; several if the input decides which one. */
  readonly actions: readonly Action[];
  /** tRPC and REST validate input with this schema themselves. All other callers validate by `receive`. */
  readonly input: Schema;
  /** False if the verb declares that it writes no audit row. */
  readonly isAudited: boolean;
  /** True if a member must have proved in the last minutes who they are. It does not concern other actors. */
  readonly stepUp: boolean;
  /** True if actors who are limited to some sellers are refused. */
  readonly forAllSellers: boolean;
};

export type Verb<
  Schema extends z.ZodType = z.ZodType,
  Output = unknown,
  Context = ServiceContext,
> = VerbFacts<Schema> & {
  /**
   * Runs the verb with input that was validated or comes from our own code. It is not parsed again: a schema
   * that converts text to a date rejects a `Date`, and one with a fallback would replace it silently.
   */
  (ctx: Context, ...input: InputArguments<Schema>): Promise<Output>;
  /** Runs the verb with unvalidated input: checks the permission, validates the input, then runs. */
  receive: (ctx: Context, input: unknown) => Promise<Output>;
};

export type Command<Schema extends z.ZodType, Output, Context = ServiceContext> = Verb<
  Schema,
  Output,
  Context
> & { readonly kind: "command" };

export type Query<Schema extends z.ZodType, Output, Context = ServiceContext> = Verb<
  Schema,
  Output,
  Context
> & { readonly kind: "query" };

/**
 * A command whose callers share transactions while they wait. `once` performs it once for all repetitions of a request
 * with an `Idempotency-Key`.
 */
export type SharedCommand<Schema extends z.ZodType, Output> = Command<Schema, Output> & {
  once: (
    ctx: KeyContext,
    input: z.output<Schema>,
    once: Once<Output>,
  ) => Promise<IdempotentOutcome>;
};

/** A verb without a schema takes no input. */
export type InputArguments<Schema extends z.ZodType> = [z.output<Schema>] extends [void]
  ? []
  : [input: z.output<Schema>];

/** Auditing of a verb that does not declare exactly one audit row. */
type AuditElsewhere =
  /**
   * `run`, or a verb that it calls, writes the audit rows. For verbs that write several, and for those that
   * open their own transactions, because a row belongs to the transaction of the change. Nothing checks that
   * the rows are written, so a comment says which they are.
   */
  | "by run"
  /**
   * No audit row. For verbs that read nothing about the people we call and change only derived data, and for
   * jobs that carry out what an audited action started.
   */
  | "none";

/**
 * Returns the details of the one audit row that is written after `run`, in its transaction; or null to write
 * none.
 */
type AuditAfter<Input, Result> = (result: Result, input: Input) => AuditDetails | null;

/**
 * Audit rule of a verb about one person. Before `run`, `not-found` is thrown unless the phone exists, and the audit row
 * is written. If `run` throws, the row is undone with everything else.
 */
type AuditFirst<Input> = { phone: (input: Input) => PhoneId };

/** The permission of a verb whose input decides which one is needed, such as the list to export. */
type ActionByInput<Input> = {
  /** All that `choose` may return. An actor without any of them is refused before the input is read. */
  among: readonly Action[];
  choose: (input: Input) => Action;
};

type Definition<Schema extends z.ZodType> = {
  name: string;
  action: Action | ActionByInput<z.output<Schema>>;
  /** Left out by a verb that takes no input. */
  input?: Schema;
  /**
   * True for what a stolen session must not do: a member proves again who they are (`proveIdentity`), and the
   * proof counts for `PROOF_MINUTES`. It does not concern keys and jobs.
   */
  stepUp?: boolean;
  /** True if it shows or changes records of all sellers. Members and keys of some sellers are refused. */
  forAllSellers?: boolean;
};

/** The usual verb: it runs in one transaction, and joins the caller's if there is one. */
type InTransaction<Schema extends z.ZodType, Result, Output> = Definition<Schema> & {
  /** "analysis" is for queries over all contacts: more memory, and a readable error after a timeout. */
  transaction?: { timeoutMs: number } | "analysis";
  run: (ctx: TransactionContext, input: z.output<Schema>) => Promise<Result>;
  audit: AuditAfter<z.output<Schema>, Result> | AuditFirst<z.output<Schema>> | AuditElsewhere;
  /** Selects what the caller gets, if `run` returns more because the audit row needs it. */
  answer?: (result: Result) => Output;
};

/**
 * A verb that opens its own transactions: none, one or several. It throws if called inside a transaction, so
 * an ordinary verb cannot call it.
 */
type OutsideTransaction<
  Schema extends z.ZodType,
  Output,
  Context extends RootContext,
> = Definition<Schema> & {
  transaction: "by run";
  run: (ctx: Context, input: z.output<Schema>) => Promise<Output>;
  audit: AuditElsewhere;
};

/**
 * A verb whose callers share transactions while they wait, because many wait at the same time (`share-transaction.ts`).
 * In a caller's transaction, it runs alone.
 */
type InSharedTransaction<Schema extends z.ZodType, Result> = Definition<Schema> & {
  transaction: "shared";
  runMany: RunMany<z.output<Schema>, Result>;
  audit: AuditElsewhere;
};

/** Creates a verb that changes something. */
export function command<Result, Schema extends z.ZodType>(
  definition: InSharedTransaction<Schema, Result>,
): SharedCommand<Schema, Result>;
export function command<Result, Schema extends z.ZodType = z.ZodVoid, Output = Result>(
  definition: InTransaction<Schema, Result, Output>,
): Command<Schema, Output>;
export function command<
  Output,
  Schema extends z.ZodType = z.ZodVoid,
  Context extends RootContext = RootContext,
>(definition: OutsideTransaction<Schema, Output, Context>): Command<Schema, Output, Context>;
export function command(definition: AnyDefinition): Command<z.ZodType, unknown> {
  return createVerb("command", definition);
}

/** Creates a verb that only reads. It may still write an audit row. */
export function query<Result, Schema extends z.ZodType = z.ZodVoid, Output = Result>(
  definition: InTransaction<Schema, Result, Output>,
): Query<Schema, Output>;
export function query<
  Output,
  Schema extends z.ZodType = z.ZodVoid,
  Context extends RootContext = RootContext,
>(definition: OutsideTransaction<Schema, Output, Context>): Query<Schema, Output, Context>;
export function query(definition: AnyDefinition): Query<z.ZodType, unknown> {
  return createVerb("query", definition);
}

type AnyDefinition =
  | InSharedTransaction<z.ZodType, unknown>
  | InTransaction<z.ZodType, unknown, unknown>
  | OutsideTransaction<z.ZodType, unknown, RootContext>;

type SharedRun = ReturnType<typeof createSharedRun<unknown, unknown>>;

function createVerb<Kind extends VerbFacts["kind"]>(kind: Kind, definition: AnyDefinition) {
  const { name, action, input: schema = z.void() } = definition;
  const { stepUp = false, forAllSellers = false } = definition;
  const actions = typeof action === "string" ? ([action] as const) : action.among;
  const shared = definition.transaction === "shared" ? createSharedRun(definition.runMany) : null;
  const call = (ctx: ServiceContext, input?: unknown) =>
    inVerbSpan(name, ctx, () => perform(definition, shared, ctx, input));
  const receive = async (ctx: ServiceContext, input: unknown) => {
    allowAny(ctx, actions);
    return call(ctx, schema.parse(input));
  };
  // Set explicitly, because bundlers shorten inferred function names.
  Object.defineProperty(call, "name", { value: name });
  const isAudited = definition.audit !== "none";
  const facts = { kind, actions, input: schema, isAudited, stepUp, forAllSellers };
  const once = (ctx: KeyContext, input: unknown, once: Once<unknown>) =>
    inVerbSpan(name, ctx, async () => {
      assertAllowed(definition, ctx, input);
      return shared?.runOnce(ctx, input, once);
    });
  return Object.assign(call, { ...facts, receive, ...(shared && { once }) });
}

/** Runs a verb in a span of its own, if a trace is recorded. What a caller can cause is no fault of the verb. */
const inVerbSpan = <T>(name: string, { organizationId }: ServiceContext, work: () => Promise<T>) =>
  inSpan(
    name,
    {
      attributes: { "ringfence.organization.id": organizationId },
      isFault: (error) => !(error instanceof ServiceError),
    },
    work,
  );

/** Runs a verb: permission, transaction, audit, answer. */
async function perform(
  definition: AnyDefinition,
  shared: SharedRun | null,
  ctx: ServiceContext,
  input: unknown,
) {
  const action = assertAllowed(definition, ctx, input);
  if (definition.transaction === "shared") {
    if (isInTransaction(ctx)) return runOne(definition.runMany, ctx, input);
    return shared?.run(ctx, input);
  }
  if (definition.transaction === "by run") {
    if (isInTransaction(ctx)) throw new Error(`${definition.name} opens its own transactions`);
    return definition.run(ctx, input);
  }
  const { audit, answer = (result) => result } = definition;
  const work = async (ctx: TransactionContext) => {
    if (typeof audit === "object") await auditBefore(ctx, action, audit.phone(input));
    const result = await definition.run(ctx, input);
    const details = typeof audit === "function" ? audit(result, input) : null;
    if (details) await appendAudit(ctx, action, details);
    return answer(result);
  };
  if (definition.transaction === "analysis") return inAnalysisTransaction(ctx, work);
  return inTransaction(ctx, work, definition.transaction);
}

/** Asserts that the actor may perform the verb with this input, and returns the action. */
function assertAllowed(definition: AnyDefinition, ctx: ServiceContext, input: unknown): Action {
  const action = allowChosen(ctx, definition.action, input);
  if (definition.forAllSellers === true) assertAllSellers(ctx);
  if (definition.stepUp === true) assertProven(ctx);
  return action;
}

/** Asserts that the actor may perform the action, and returns it. */
function allowChosen(ctx: ServiceContext, action: AnyDefinition["action"], input: unknown): Action {
  // Without input there is nothing to choose by. With it, the refusal names the permission that is needed.
  if (typeof action !== "string" && input === undefined) allowAny(ctx, action.among);
  const chosen = typeof action === "string" ? action : action.choose(input);
  allow(ctx, chosen);
  return chosen;
}

function assertAllSellers({ actor }: ServiceContext) {
  if (visibleSellerIds(actor) !== null)
    throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}

function assertProven({ actor }: ServiceContext) {
  if (actor.type === "member" && actor.isProven !== true)
    throw new ServiceError("proof-needed", { key: "error.proof-needed" });
}

async function auditBefore(ctx: TransactionContext, action: Action, phoneId: PhoneId) {
  await requirePhone(ctx, phoneId);
  await appendAudit(ctx, action, { phoneId });
}

const isVerb = (value: unknown): value is Verb<z.ZodType, unknown, never> =>
  typeof value === "function" && "kind" in value && "receive" in value;

/** Lists the verbs among the exports of a module, such as a noun's `index.ts`. */
export const listVerbs = (noun: object) => Object.values(noun).filter(isVerb);

// Inputs of verbs that only our own programs can pass, because no text describes them.

/** The bytes of a file as they arrive, of any size. */
export const ByteStream = z.custom<AsyncIterable<Uint8Array>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);

/** A function that a verb calls while it works. */
export const functionInput = <F extends (...input: never[]) => unknown>() =>
  z.custom<F>((value) => typeof value === "function");

/** A function that runs the transaction of a verb that starts working before it. */
export const transactInput = <T>() => functionInput<Transact<T>>();
