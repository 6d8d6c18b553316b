import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
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
  channel: parseAsStringLiteral(OptOutChannel.options),
  after: parseAsTrail,
};

export const loadOptOutQuery = createLoader(query);

const serialize = createSerializer(query);

export const optOutsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/opt-outs${serialize(look)}`);
