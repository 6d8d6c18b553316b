import { sql } from "kysely";
import { selectRows } from "../rows.ts";
import { z } from "zod";
import type { TransactionContext } from "../context.ts";

/** Types of `Actor`. A stored actor of any other type counts as none (`loadActorNames` then names it null). */
const ActorType = z.enum(["member", "key", "job", "person", "form", "visitor"]);
type ActorType = z.infer<typeof ActorType>;

/**
 * The actor of a row, with its name for display. A removed member keeps their name, and a job's name is its kind,
 * such as `import.run`. A person and a visitor have no name, nor has an actor whose row no longer exists. `handedOut`
 * says how a member gave the person the code with which they acted.
 */
export type NamedActor = { type: ActorType; name: string | null; handedOut?: HandedOut };

const HandedOut = z.enum(["spoken", "letter"]);
type HandedOut = z.infer<typeof HandedOut>;

const StoredActor = z.object({ type: ActorType, id: z.string(), code: z.string().optional() });

/**
 * Loads the names of stored actors, of this organization only. Returns a function that names one of `actors`; null for
 * a value that is not a stored actor. A member, key or form that was not among `actors` has no name.
 */
export async function loadActorNames(
  within: TransactionContext,
  actors: readonly unknown[],
): Promise<(actor: unknown) => NamedActor | null> {
  const stored = actors.flatMap((actor) => StoredActor.safeParse(actor).data ?? []);
  const listIds = (type: NamedActor["type"]) => [
    ...new Set(stored.flatMap((actor) => (actor.type === type ? actor.id : []))),
  ];
  const { db, organizationId } = within;
  const keys = await db.apiKey.findMany({
    where: { organizationId, id: { in: listIds("key") } },
    select: { id: true, name: true },
  });
  const forms = await db.captureForm.findMany({
    where: { organizationId, id: { in: listIds("form") } },
    select: { id: true, name: true },
  });
  const names = new Map([
    ...(await loadMemberNames(within, listIds("member"))),
    ...forms.map(({ id, name }) => [id, name] as const),
    ...keys.map(({ id, name }) => [id, name] as const),
  ]);
  return (actor) => {
    const { data } = StoredActor.safeParse(actor);
    if (data === undefined) return null;
    const { type, id, code } = data;
    const { data: handedOut } = HandedOut.safeParse(code);
    const name = type === "job" ? id : (names.get(id) ?? null);
    return { type, name, ...(handedOut && { handedOut }) };
  };
}

/**
 * Loads the names of members by id, including removed ones. An id without a row has no name, such as that
 * of an actor of the demo.
 */
export async function loadMemberNames(
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const members = await selectRows(
    { db },
    z.object({ id: z.string(), name: z.string() }),
    sql`
    SELECT id, name FROM member
    WHERE organization_id = ${organizationId}::uuid AND id::text = ANY (${[...ids]})`,
  );
  return new Map(members.map(({ id, name }) => [id, name]));
}
