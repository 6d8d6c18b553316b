import { z } from "zod";
import type { TransactionContext } from "../context.ts";

/** Who it was. A job is named by what it does; a key or a member that is gone has no name. */
export type NamedActor = { type: "member" | "key" | "job" | "person"; name: string | null };

const OnRecord = z.object({ type: z.enum(["member", "key", "job", "person"]), id: z.string() });

/** How the actors of some rows are called, each as its row has it. */
export async function actorNames(
  { db, organizationId }: TransactionContext,
  actors: readonly unknown[],
): Promise<(actor: unknown) => NamedActor | null> {
  const ids = actors.flatMap((actor) => {
    const { data } = OnRecord.safeParse(actor);
    return data && z.uuid().safeParse(data.id).success ? data.id : [];
  });
  const where = { organizationId, id: { in: [...new Set(ids)] } };
  const select = { id: true, name: true } as const;
  const members = await db.member.findMany({ where, select });
  const keys = await db.apiKey.findMany({ where, select });
  const names = new Map([...members, ...keys].map(({ id, name }) => [id, name]));

  return (actor) => {
    const { data } = OnRecord.safeParse(actor);
    if (data === undefined) return null;
    const { type, id } = data;
    return { type, name: type === "job" ? id : (names.get(id) ?? null) };
  };
}
