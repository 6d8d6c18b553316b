import { ConsentSource } from "@ringfence/core/consents/consent";
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
  source: parseAsStringLiteral(ConsentSource.options),
  after: parseAsTrail,
};

export const loadConsentQuery = createLoader(query);

const serialize = createSerializer(query);

export const consentsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/consents${serialize(look)}`);
