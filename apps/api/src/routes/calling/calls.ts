import { CallLog, CallRow } from "@ringfence/core/calling/call";
import { recordCalls } from "@ringfence/services/calling/call";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { answerRows } from "../../rows/answer-rows.ts";
import { asteriskLog, callColumns, vicidialLog } from "../../rows/read-csv.ts";
import { rowsRoute, rowsSchema, takeRows } from "../../rows/take-rows.ts";

/**
 * Query of a call log. Rows in our own form need no query; any setting requires both `shape` and
 * `purpose`.
 */
const CallsQuery = CallLog.partial().superRefine((query, refined) => {
  const isLog = Object.values(query).some((value) => value !== undefined);
  for (const name of ["shape", "purpose"] as const) {
    if (isLog && query[name] === undefined) refined.addIssue({ code: "custom", path: [name] });
  }
});

const columnsByShape = { "asterisk-cdr": asteriskLog, vicidial: vicidialLog };

export const callRoutes: FastifyPluginAsyncZod = async (server) => {
  const { bodyLimit, ...rows } = rowsRoute;
  takeRows(server);

  server.post(
    "/calls",
    {
      bodyLimit,
      config: { documentedAction: "call.record", columns, ...rows },
      schema: {
        ...rowsSchema,
        operationId: "recordCalls",
        summary: "Record calls that were placed, from the dialer's log",
        description: `${rowsSchema.description}\n\n${logsDescription}`,
        querystring: CallsQuery,
        body: CallRow.array(),
      },
    },
    (request, reply) => {
      const { success, data: log } = CallLog.safeParse(request.query);
      return answerRows(request, reply, (ctx, rows) =>
        recordCalls(ctx, success ? { ...rows, log } : rows),
      );
    },
  );
};

const logsDescription =
  "For a log in the dialer's own format, `shape` names the format, and `purpose` says what the calls were about: " +
  "`asterisk-cdr` is Asterisk's `Master.csv`, which has no header; `vicidial` is the table " +
  "`vicidial_log` or the Export Calls Report, with its header. Times are in `zone`, or else in the " +
  "organization's time zone. Columns that say nothing about a call are ignored.";

/**
 * Chooses the columns. Runs before the query is validated, so that no row is read under an unknown
 * shape.
 */
function columns({ query }: FastifyRequest) {
  const { data: shape } = CallLog.shape.shape.safeParse(Object(query).shape);
  return shape === undefined ? callColumns : columnsByShape[shape];
}
