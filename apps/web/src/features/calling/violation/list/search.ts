import { Severity, ViolationCause, ViolationStatus } from "@ringfence/core/calling/violation";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/components/trail";
import { safePath } from "@/server/safe-path";

/** Query parameters of the list. */
const query = {
  status: parseAsStringLiteral(ViolationStatus.options).withDefault("open"),
  severity: parseAsStringLiteral(Severity.options),
  cause: parseAsStringLiteral(ViolationCause.options),
  after: parseAsTrail,
};

export const loadViolationQuery = createLoader(query);

const serialize = createSerializer(query);

export const violationsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/violations${serialize(look)}`);
