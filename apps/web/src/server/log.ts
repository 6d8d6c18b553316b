import { toLoggedError } from "@ringfence/services/logged-error";
import { readTraceIds } from "@ringfence/services/platform/tracing";
import { pino } from "pino";

/**
 * The log of the pages, in the format of the API's and the worker's. Always log an error as `{ err }` with a
 * message: given alone, pino copies the error's own message, which may contain values.
 */
export const log = pino({ mixin: readTraceIds, serializers: { err: toLoggedError } });
