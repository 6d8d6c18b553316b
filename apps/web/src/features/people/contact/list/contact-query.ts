import { CalledParty } from "@ringfence/core/people/phone";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/components/pager";
import { safePath } from "@/server/safe-path";

/** The state of the list in the page's address. `find` is encrypted. */
const query = {
  find: parseAsString,
  party: parseAsStringLiteral(CalledParty.options),
  after: parseAsTrail,
};

export const loadContactQuery = createLoader(query);

const serialize = createSerializer(query);

export const contactsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/contacts${serialize(look)}`);
