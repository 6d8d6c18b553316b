import { z } from "zod";
import type { TransactionContext } from "../context.ts";
import { namesOf } from "./member-names.ts";

const ActorType = z.enum(["member", "key", "job", "person", "form", "visitor"]);
type ActorType = z.infer<typeof ActorType>;

/** Who it was. A job is named by what it does; a key or a member that is gone has no name. */
export type NamedActor = { type: ActorType; name: string | null };

const OnRecord = z.object({ type: ActorType, id: z.string() });

/** How the actors of some rows are called, each as its row has it. */
export async function actorNames(
  within: TransactionContext,
  actors: readonly unknown[],
): Promise<(actor: unknown) => NamedActor | null> {
  const known = actors.flatMap((actor) => OnRecord.safeParse(actor).data ?? []);
  const idsOf = (type: NamedActor["type"]) => [
    ...new Set(known.flatMap((actor) => (actor.type === type ? actor.id : []))),
  ];
  const { db, organizationId } = within;
  const keys = await db.apiKey.findMany({
    where: { organizationId, id: { in: idsOf("key") } },
    select: { id: true, name: true },
  });
  const forms = await db.captureForm.findMany({
    where: { organizationId, id: { in: idsOf("form") } },
    select: { id: true, name: true },
  });
  const names = new Map([
    ...(await namesOf(within, idsOf("member"))),
    ...forms.map(({ id, name }) => [id, name] as const),
    ...keys.map(({ id, name }) => [id, name] as const),
  ]);
  return (actor) => {
    const { data } = OnRecord.safeParse(actor);
    if (data === undefined) return null;
    const { type, id } = data;
    return { type, name: type === "job" ? id : (names.get(id) ?? null) };
  };
}
