import { may } from "@ringfence/core/platform/access";
import { ImportKind, isMarketersKind } from "@ringfence/core/desk/import";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext } from "../../platform/context.ts";

/** Refuses who may not import files of a kind: marketers bring in contacts and activities alone. */
export function allowKind(ctx: ServiceContext, kind: ImportKind) {
  if (!isMarketersKind(kind)) allow(ctx, "import.run-record");
}

/** Lists the kinds of files whose imports an actor sees. */
export const kindsSeenBy = ({ actor }: ServiceContext): readonly ImportKind[] =>
  may(actor, "import.read-record")
    ? ImportKind.options
    : ImportKind.options.filter(isMarketersKind);
