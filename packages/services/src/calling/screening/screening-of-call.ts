import { CLOCK_SLACK_MS } from "@ringfence/core/calling/violation";
import { sql } from "kysely";

/**
 * Joins `screening`, the screening of each `call`: the one that its log names, otherwise the last one of its
 * phone in the day before the call. Clocks may differ by some seconds (contract 15). A call without one has
 * no row.
 */
export const screeningOfCall = sql`LATERAL (
  SELECT * FROM screening
  WHERE organization_id = call.organization_id AND id = call.screening_id
  UNION ALL (
    SELECT * FROM screening
    WHERE organization_id = call.organization_id AND phone_id = call.phone_id
      AND call.screening_id IS NULL
      AND at <= call.at + make_interval(secs => ${CLOCK_SLACK_MS / 1_000})
      AND at > call.at - interval '1 day'
    ORDER BY at DESC, id DESC LIMIT 1)
) AS screening`;
