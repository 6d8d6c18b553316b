import type { ListImports } from "@ringfence/core/desk/import";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { kindsSeenBy } from "./allow-kind.ts";
import { viewImports } from "./view-imports.ts";

/** Imports, last uploaded first, page after page. */
export async function listImports(ctx: ServiceContext, { after, limit }: ListImports) {
  allow(ctx, "import.read");

  const kinds = kindsSeenBy(ctx);
  const found = await inTransaction(ctx, (ctx) =>
    viewImports(ctx, { kinds, after, limit: limit + 1 }),
  );
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
