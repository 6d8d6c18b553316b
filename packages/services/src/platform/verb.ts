import type { Action } from "@ringfence/core/platform/access";
import type { PhoneId } from "@ringfence/core/ids";
import { z } from "zod";
import { allow } from "./access/allow.ts";
import { inAnalysisTransaction } from "./analysis-transaction.ts";
import { type AuditDetails, appendAudit } from "./audit/append-audit.ts";
import {
  type RootContext,
  type ServiceContext,
  type TransactionContext,
  inTransaction,
  isInTransaction,
} from "./context.ts";
import { requirePhone } from "./access/read-audited.ts";

/*
 * A verb is one thing that the product can do, such as "record an opt-out". `command` makes one that
 * changes something, `query` one that reads. The result is called like a function:
 *
 *   const { items } = await listOptOuts(ctx, { limit: 50 });
 *
 * What all verbs have in common happens in `perform` and nowhere else: ask `allow`, open the transaction or
 * join the caller's, run, write the audit row. A trace span belongs around its body. Row-level scope
 * (`SET LOCAL`) belongs where `inTransaction` opens a transaction, because every verb passes there.
 */

/** The facts that a verb carries as properties. `verbsIn` lists verbs. */
export type VerbFacts<Schema extends z.ZodType = z.ZodType> = {
  readonly kind: "command" | "query";
  /** The name under which the verb is exported. Unique. */
  readonly name: string;
  readonly action: Action;
  /** tRPC and REST validate with it by their own means, everything else through `receive`. */
  readonly input: Schema;
  readonly isAudited: boolean;
};

export type Verb<
  Schema extends z.ZodType = z.ZodType,
  Output = unknown,
  Context = ServiceContext,
> = VerbFacts<Schema> & {
  /**
   * Runs the verb with input that the compiler has checked. It is not validated again: a schema that
   * turns text into a date rejects the date, and one that forgives faults would drop it silently.
   */
  (ctx: Context, ...input: InputArguments<Schema>): Promise<Output>;
  /** Runs the verb with input from outside: asks `allow`, validates, then calls. */
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

/** A verb without a schema takes no input. */
export type InputArguments<Schema extends z.ZodType> = [z.output<Schema>] extends [void]
  ? []
  : [input: z.output<Schema>];

type AuditRule<Input, Output> =
  /** The wrapper writes one row with these details after `run`. Null: there is nothing to tell. */
  | ((output: Output, input: Input) => AuditDetails | null)
  /** `run`, or a verb that it calls, writes the rows: several, or with details that are not in the output. */
  | "by run"
  /**
   * No row: nothing personal is read and nothing changes but what is derived from other data, or a job does
   * what was decided before.
   */
  | "none";

/**
 * Options of a query about one person: the phone must exist, and the audit row is written before `run`
 * reads.
 */
type AuditFirst<Input> = { phone: (input: Input) => PhoneId };

type Definition<Schema extends z.ZodType> = {
  name: string;
  action: Action;
  /** Left out by a verb that takes no input. */
  input?: Schema;
};

/** The usual verb: one transaction, so that it can also run inside the transaction of another. */
type InTransaction<Schema extends z.ZodType, Output> = Definition<Schema> & {
  /** "analysis" counts over all contacts: with more memory, and with a sentence when it takes too long. */
  transaction?: { timeoutMs: number } | "analysis";
  run: (ctx: TransactionContext, input: z.output<Schema>) => Promise<Output>;
  audit: AuditRule<z.output<Schema>, Output> | AuditFirst<z.output<Schema>>;
};

/** A verb that works outside a transaction too, or in several. It cannot run inside another verb. */
type OutsideTransaction<
  Schema extends z.ZodType,
  Output,
  Context extends RootContext,
> = Definition<Schema> & {
  transaction: "by run";
  run: (ctx: Context, input: z.output<Schema>) => Promise<Output>;
  audit: AuditRule<z.output<Schema>, Output>;
};

/** Makes a verb that changes something. */
export function command<Output, Schema extends z.ZodType = z.ZodVoid>(
  definition: InTransaction<Schema, Output>,
): Command<Schema, Output>;
export function command<
  Output,
  Schema extends z.ZodType = z.ZodVoid,
  Context extends RootContext = RootContext,
>(definition: OutsideTransaction<Schema, Output, Context>): Command<Schema, Output, Context>;
export function command(definition: AnyDefinition): Command<z.ZodType, unknown> {
  return createVerb("command", definition);
}

/** Makes a verb that only reads. */
export function query<Output, Schema extends z.ZodType = z.ZodVoid>(
  definition: InTransaction<Schema, Output>,
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
  | InTransaction<z.ZodType, unknown>
  | OutsideTransaction<z.ZodType, unknown, RootContext>;

function createVerb<Kind extends VerbFacts["kind"]>(kind: Kind, definition: AnyDefinition) {
  const { name, action, input: schema = z.void() } = definition;
  const call = (ctx: ServiceContext, input?: unknown) => perform(definition, ctx, input);
  const receive = async (ctx: ServiceContext, input: unknown) => {
    allow(ctx, action);
    return call(ctx, schema.parse(input));
  };
  // A function has its name from the definition, because bundlers shorten inferred names.
  Object.defineProperty(call, "name", { value: name });
  const isAudited = definition.audit !== "none";
  return Object.assign(call, { kind, action, input: schema, isAudited, receive });
}

/** Everything that is the same for every call of every verb. */
async function perform(definition: AnyDefinition, ctx: ServiceContext, input: unknown) {
  allow(ctx, definition.action);

  if (definition.transaction === "by run") {
    if (isInTransaction(ctx)) throw new Error(`${definition.name} opens its own transactions`);
    const output = await definition.run(ctx, input);
    await auditAfter(definition, ctx, { input, output });
    return output;
  }
  const work = async (ctx: TransactionContext) => {
    await auditBefore(definition, ctx, input);
    const output = await definition.run(ctx, input);
    await auditAfter(definition, ctx, { input, output });
    return output;
  };
  if (definition.transaction === "analysis") return inAnalysisTransaction(ctx, work);
  return inTransaction(ctx, work, definition.transaction);
}

async function auditBefore(
  { action, audit }: InTransaction<z.ZodType, unknown>,
  ctx: TransactionContext,
  input: unknown,
) {
  if (typeof audit !== "object") return;
  const phoneId = audit.phone(input);
  await requirePhone(ctx, phoneId);
  await appendAudit(ctx, action, { phoneId });
}

async function auditAfter(
  { action, audit }: AnyDefinition,
  ctx: ServiceContext,
  { input, output }: { input: unknown; output: unknown },
) {
  if (typeof audit !== "function") return;
  const details = audit(output, input);
  if (details) await inTransaction(ctx, (ctx) => appendAudit(ctx, action, details));
}

const isVerb = (value: unknown): value is Verb<z.ZodType, unknown, never> =>
  typeof value === "function" && "kind" in value && "receive" in value;

/** The verbs that a noun's `index.ts` exports. */
export const verbsIn = (noun: object) => Object.values(noun).filter(isVerb);
