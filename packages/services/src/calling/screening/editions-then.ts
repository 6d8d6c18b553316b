import { RegistryId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";
import type { KeptScreening } from "./kept-screening.ts";

/** An edition by which a call was screened, with its dates as they were then. */
export type EditionThen = {
  registry: string;
  name: string;
  edition: number;
  /** Time at which its source was last verified, to a hundredth of a day. Its age counts from then. */
  verifiedAt: Date | null;
  ageDays: number | null;
  limitDays: number | null;
  /** The publisher's own date, where the files say it. */
  publishedOn: Date | null;
  /** Time at which it was read; null if that is not on record. */
  readAt: Date | null;
  registryId: RegistryId | null;
};

type Asked = Pick<EditionThen, "registry" | "edition" | "verifiedAt" | "ageDays" | "limitDays">;

/** The editions that a screening says it looked at. */
export const listJudgedEditions = ({
  at,
  checked,
}: Pick<KeptScreening, "at" | "checked">): Asked[] =>
  checked.editions.map(({ ageDays, ...edition }) => ({
    ...edition,
    ageDays,
    verifiedAt: new Date(at.getTime() - ageDays * DAY_MS),
  }));

/** The same with what is on record of each of them. */
export async function editionsThen(
  { db, organizationId }: TransactionContext,
  asked: readonly Asked[],
): Promise<EditionThen[]> {
  const codes = asked.map(({ registry }) => registry);
  const registries = await db.registry.findMany({
    where: { organizationId, code: { in: codes } },
    select: { id: true, code: true, name: true },
  });
  const ids = new Map(registries.map(({ code, id }) => [code, id]));
  const read = await db.registryEdition.findMany({
    where: {
      organizationId,
      OR: asked.flatMap(({ registry, edition: number }) => {
        const registryId = ids.get(registry);
        return registryId === undefined ? [] : [{ registryId, number }];
      }),
    },
    select: { registryId: true, number: true, readAt: true, publishedOn: true },
  });
  return asked.map((one) => {
    const known = registries.find(({ code }) => code === one.registry);
    const edition = read.find(
      ({ registryId, number }) => registryId === known?.id && number === one.edition,
    );
    return {
      ...one,
      name: known?.name ?? one.registry,
      publishedOn: edition?.publishedOn ?? null,
      readAt: edition?.readAt ?? null,
      registryId: known && edition ? RegistryId.parse(known.id) : null,
    };
  });
}
