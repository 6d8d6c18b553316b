import { may } from "@ringfence/core/access";
import { ImportKind, isMarketersKind } from "@ringfence/core/import";
import { allow } from "../access/allow.ts";
import type { ServiceContext } from "../context.ts";

/** Refuses who may not import files of a kind: marketers bring in contacts and activities alone. */
export function allowKind(ctx: ServiceContext, kind: ImportKind) {
  if (!isMarketersKind(kind)) allow(ctx, "import.run-record");
}

/** Lists the kinds of files whose imports an actor sees. */
export const kindsSeenBy = ({ actor }: ServiceContext): readonly ImportKind[] =>
  may(actor, "import.read-record")
    ? ImportKind.options
    : ImportKind.options.filter(isMarketersKind);
