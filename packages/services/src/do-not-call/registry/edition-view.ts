import { RegistryEditionId } from "@ringfence/core/ids";
import { fromStored, StoredMessage } from "@ringfence/core/platform/message";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";
import { namesOf } from "../../account/member/names-of.ts";

const count = z.bigint().transform(Number);

/** A row as it is kept. */
const EditionRow = z.object({
  id: RegistryEditionId,
  /** Its place among those that were applied. */
  number: z.int().nullable(),
  status: z.enum(["applied", "held", "accepted", "rejected"]),
  kind: z.enum(["full", "change", "return"]),
  sha256: z.string(),
  lines: count,
  bytes: count,
  listed: count,
  added: count,
  removed: count,
  /** The publisher's own date, `2026-08-05`. */
  publishedOn: z
    .date()
    .transform((day) => day.toISOString().slice(0, 10))
    .nullable(),
  readAt: z.date(),
  /** Why a person had, or has, to look at it. */
  fault: StoredMessage.transform(fromStored).nullable(),
  settledBy: z.object({ id: z.string() }).nullable(),
  settledAt: z.date().nullable(),
  settledWhy: z.string().nullable(),
});

/** An edition as people see it. */
export type EditionView = Omit<
  z.infer<typeof EditionRow>,
  "settledBy" | "settledAt" | "settledWhy"
> & {
  /** An officer's word on it; `by` is null when the officer is no member any more. */
  settled: { by: string | null; at: Date; why: string } | null;
};

export async function viewEditions(
  within: TransactionContext,
  rows: readonly unknown[],
): Promise<EditionView[]> {
  const editions = EditionRow.array().parse(rows);
  const names = await namesOf(
    within,
    editions.flatMap(({ settledBy }) => settledBy?.id ?? []),
  );
  return editions.map(({ settledBy, settledAt, settledWhy, ...edition }) => ({
    ...edition,
    settled: settledAt && {
      by: names.get(settledBy?.id ?? "") ?? null,
      at: settledAt,
      why: settledWhy ?? "",
    },
  }));
}
