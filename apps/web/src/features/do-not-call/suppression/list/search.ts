import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/components/pager";
import { safePath } from "@/server/safe-path";

/** Query parameters of the list. `find` is sealed. */
const query = {
  find: parseAsString,
  reason: parseAsStringLiteral(SuppressionReason.options),
  /** Without it, ended suppressions are hidden. */
  show: parseAsStringLiteral(["all"]),
  after: parseAsTrail,
};

export const loadSuppressionQuery = createLoader(query);

const serialize = createSerializer(query);

export const suppressionsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/suppressions${serialize(look)}`);
